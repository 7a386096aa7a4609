// __nv_bfloat16 and __nv_bfloat162: storage, conversions, arithmetic, comparisons, warp shuffles and atomics.
//
// Before compute capability 9.0 the only arithmetic instruction is fma, so a + b is fma(a, 1, b), a - b is fma(b, -1, a) and
// a * b is fma(a, b, -0), each rounded once, as in CUDA.
#ifndef WARPGRADE_CUDA_BF16_H
#define WARPGRADE_CUDA_BF16_H

#define WARPGRADE_BF16 static __inline__ __device__

struct __nv_bfloat16_raw {
    unsigned short x;
};
struct __nv_bfloat162_raw {
    unsigned short x;
    unsigned short y;
};
struct __nv_bfloat16;

WARPGRADE_BF16 unsigned short __warpgrade_bf16_rn(float x) {
    unsigned short bits;
    asm("{  cvt.rn.bf16.f32 %0, %1;}\n" : "=h"(bits) : "f"(x));
    return bits;
}
WARPGRADE_BF16 float __warpgrade_bf16_float(unsigned short bits) {
    return __uint_as_float((unsigned int)bits << 16);
}
WARPGRADE_BF16 unsigned short __warpgrade_bf16_of_double(double x) {
    // rounding to odd on the way keeps the second rounding from seeing a tie that is none
    float toZero = __double2float_rz(x);
    if ((double)toZero != x) toZero = __uint_as_float(__float_as_uint(toZero) | 1u);
    return __warpgrade_bf16_rn(toZero);
}

struct __align__(2) __nv_bfloat16 {
    unsigned short __x;

    __nv_bfloat16() = default;
    __device__ constexpr __nv_bfloat16(const __nv_bfloat16_raw& raw) : __x(raw.x) {}
    __device__ __nv_bfloat16(float x) : __x(__warpgrade_bf16_rn(x)) {}
    __device__ __nv_bfloat16(double x) : __x(__warpgrade_bf16_of_double(x)) {}
    __device__ __nv_bfloat16(short x) : __x(__warpgrade_bf16_rn((float)x)) {}
    __device__ __nv_bfloat16(unsigned short x) : __x(__warpgrade_bf16_rn((float)x)) {}
    __device__ __nv_bfloat16(int x) : __x(__warpgrade_bf16_of_double((double)x)) {}
    __device__ __nv_bfloat16(unsigned int x) : __x(__warpgrade_bf16_of_double((double)x)) {}
    __device__ __nv_bfloat16(long x) : __x(__warpgrade_bf16_of_double((double)x)) {}
    __device__ __nv_bfloat16(unsigned long x) : __x(__warpgrade_bf16_of_double((double)x)) {}
    __device__ __nv_bfloat16(long long x) : __x(__warpgrade_bf16_of_double((double)x)) {}
    __device__ __nv_bfloat16(unsigned long long x) : __x(__warpgrade_bf16_of_double((double)x)) {}

    __device__ operator float() const { return __warpgrade_bf16_float(__x); }
    __device__ operator __nv_bfloat16_raw() const { return __nv_bfloat16_raw{__x}; }
    __device__ operator bool() const { return (__x & 0x7fff) != 0; }
    __device__ operator short() const { return (short)__warpgrade_bf16_float(__x); }
    __device__ operator unsigned short() const { return (unsigned short)__warpgrade_bf16_float(__x); }
    __device__ operator int() const { return (int)__warpgrade_bf16_float(__x); }
    __device__ operator unsigned int() const { return (unsigned int)__warpgrade_bf16_float(__x); }
    __device__ operator long long() const { return (long long)__warpgrade_bf16_float(__x); }
    __device__ operator unsigned long long() const { return (unsigned long long)__warpgrade_bf16_float(__x); }

    __device__ __nv_bfloat16& operator=(float x) { return *this = __nv_bfloat16(x); }
    __device__ __nv_bfloat16& operator=(double x) { return *this = __nv_bfloat16(x); }
    __device__ __nv_bfloat16& operator=(int x) { return *this = __nv_bfloat16(x); }
    __device__ __nv_bfloat16& operator=(const __nv_bfloat16_raw& raw) {
        __x = raw.x;
        return *this;
    }
    __nv_bfloat16& operator=(const __nv_bfloat16&) = default;
    __nv_bfloat16(const __nv_bfloat16&) = default;
};

struct __align__(4) __nv_bfloat162 {
    __nv_bfloat16 x;
    __nv_bfloat16 y;

    __nv_bfloat162() = default;
    __nv_bfloat162(const __nv_bfloat162&) = default;
    __nv_bfloat162& operator=(const __nv_bfloat162&) = default;
    __device__ __nv_bfloat162(const __nv_bfloat16& low, const __nv_bfloat16& high) : x(low), y(high) {}
};

typedef __nv_bfloat16 nv_bfloat16;
typedef __nv_bfloat162 nv_bfloat162;

WARPGRADE_BF16 __nv_bfloat16 __warpgrade_bf16(unsigned short bits) { return __nv_bfloat16(__nv_bfloat16_raw{bits}); }
WARPGRADE_BF16 unsigned int __warpgrade_bf162_bits(__nv_bfloat162 a) {
    return (unsigned int)a.x.__x | (unsigned int)a.y.__x << 16;
}
WARPGRADE_BF16 __nv_bfloat162 __warpgrade_bf162(unsigned int bits) {
    return __nv_bfloat162(__warpgrade_bf16((unsigned short)bits), __warpgrade_bf16((unsigned short)(bits >> 16)));
}

// ---- conversions ----------------------------------------------------------------------------------------------------

WARPGRADE_BF16 __nv_bfloat16 __float2bfloat16(float x) { return __warpgrade_bf16(__warpgrade_bf16_rn(x)); }
WARPGRADE_BF16 __nv_bfloat16 __float2bfloat16_rn(float x) { return __float2bfloat16(x); }
WARPGRADE_BF16 __nv_bfloat16 __float2bfloat16_rz(float x) {
    unsigned short bits;
    asm("{  cvt.rz.bf16.f32 %0, %1;}\n" : "=h"(bits) : "f"(x));
    return __warpgrade_bf16(bits);
}
WARPGRADE_BF16 __nv_bfloat16 __double2bfloat16(double x) { return __nv_bfloat16(x); }
WARPGRADE_BF16 float __bfloat162float(__nv_bfloat16 a) { return __warpgrade_bf16_float(a.__x); }
WARPGRADE_BF16 __nv_bfloat16 __int2bfloat16_rn(int x) { return __nv_bfloat16(x); }
WARPGRADE_BF16 __nv_bfloat16 __uint2bfloat16_rn(unsigned int x) { return __nv_bfloat16(x); }
WARPGRADE_BF16 __nv_bfloat16 __short2bfloat16_rn(short x) { return __nv_bfloat16(x); }
WARPGRADE_BF16 __nv_bfloat16 __ushort2bfloat16_rn(unsigned short x) { return __nv_bfloat16(x); }
WARPGRADE_BF16 __nv_bfloat16 __ll2bfloat16_rn(long long x) { return __nv_bfloat16(x); }
WARPGRADE_BF16 __nv_bfloat16 __ull2bfloat16_rn(unsigned long long x) { return __nv_bfloat16(x); }
WARPGRADE_BF16 int __bfloat162int_rn(__nv_bfloat16 a) { return __float2int_rn(__bfloat162float(a)); }
WARPGRADE_BF16 int __bfloat162int_rz(__nv_bfloat16 a) { return __float2int_rz(__bfloat162float(a)); }
WARPGRADE_BF16 int __bfloat162int_rd(__nv_bfloat16 a) { return __float2int_rd(__bfloat162float(a)); }
WARPGRADE_BF16 int __bfloat162int_ru(__nv_bfloat16 a) { return __float2int_ru(__bfloat162float(a)); }
WARPGRADE_BF16 unsigned int __bfloat162uint_rn(__nv_bfloat16 a) { return __float2uint_rn(__bfloat162float(a)); }
WARPGRADE_BF16 unsigned int __bfloat162uint_rz(__nv_bfloat16 a) { return __float2uint_rz(__bfloat162float(a)); }
WARPGRADE_BF16 short __bfloat162short_rn(__nv_bfloat16 a) { return (short)__float2int_rn(__bfloat162float(a)); }
WARPGRADE_BF16 short __bfloat162short_rz(__nv_bfloat16 a) { return (short)__float2int_rz(__bfloat162float(a)); }
WARPGRADE_BF16 short __bfloat16_as_short(__nv_bfloat16 a) { return (short)a.__x; }
WARPGRADE_BF16 unsigned short __bfloat16_as_ushort(__nv_bfloat16 a) { return a.__x; }
WARPGRADE_BF16 __nv_bfloat16 __short_as_bfloat16(short bits) { return __warpgrade_bf16((unsigned short)bits); }
WARPGRADE_BF16 __nv_bfloat16 __ushort_as_bfloat16(unsigned short bits) { return __warpgrade_bf16(bits); }

WARPGRADE_BF16 __nv_bfloat162 __halves2bfloat162(__nv_bfloat16 low, __nv_bfloat16 high) { return __nv_bfloat162(low, high); }
WARPGRADE_BF16 __nv_bfloat162 make_bfloat162(__nv_bfloat16 low, __nv_bfloat16 high) { return __nv_bfloat162(low, high); }
WARPGRADE_BF16 __nv_bfloat162 __bfloat162bfloat162(__nv_bfloat16 a) { return __nv_bfloat162(a, a); }
WARPGRADE_BF16 __nv_bfloat162 __float2bfloat162_rn(float x) { return __bfloat162bfloat162(__float2bfloat16(x)); }
WARPGRADE_BF16 __nv_bfloat162 __floats2bfloat162_rn(float low, float high) {
    unsigned int bits;
    asm("{  cvt.rn.bf16x2.f32 %0, %1, %2;}\n" : "=r"(bits) : "f"(high), "f"(low));
    return __warpgrade_bf162(bits);
}
WARPGRADE_BF16 __nv_bfloat162 __float22bfloat162_rn(float2 a) { return __floats2bfloat162_rn(a.x, a.y); }
WARPGRADE_BF16 float2 __bfloat1622float2(__nv_bfloat162 a) { return make_float2(__bfloat162float(a.x), __bfloat162float(a.y)); }
WARPGRADE_BF16 __nv_bfloat16 __low2bfloat16(__nv_bfloat162 a) { return a.x; }
WARPGRADE_BF16 __nv_bfloat16 __high2bfloat16(__nv_bfloat162 a) { return a.y; }
WARPGRADE_BF16 float __low2float(__nv_bfloat162 a) { return __bfloat162float(a.x); }
WARPGRADE_BF16 float __high2float(__nv_bfloat162 a) { return __bfloat162float(a.y); }
WARPGRADE_BF16 __nv_bfloat162 __low2bfloat162(__nv_bfloat162 a) { return __nv_bfloat162(a.x, a.x); }
WARPGRADE_BF16 __nv_bfloat162 __high2bfloat162(__nv_bfloat162 a) { return __nv_bfloat162(a.y, a.y); }
WARPGRADE_BF16 __nv_bfloat162 __lows2bfloat162(__nv_bfloat162 a, __nv_bfloat162 b) { return __nv_bfloat162(a.x, b.x); }
WARPGRADE_BF16 __nv_bfloat162 __highs2bfloat162(__nv_bfloat162 a, __nv_bfloat162 b) { return __nv_bfloat162(a.y, b.y); }
WARPGRADE_BF16 __nv_bfloat162 __lowhigh2highlow(__nv_bfloat162 a) { return __nv_bfloat162(a.y, a.x); }

// ---- arithmetic -----------------------------------------------------------------------------------------------------

#define WARPGRADE_BF16_1(name, name2, op) \
    WARPGRADE_BF16 __nv_bfloat16 name(__nv_bfloat16 a) { \
        unsigned short r; \
        asm("{" op ".bf16 %0,%1;}\n" : "=h"(r) : "h"(a.__x)); \
        return __warpgrade_bf16(r); \
    } \
    WARPGRADE_BF16 __nv_bfloat162 name2(__nv_bfloat162 a) { \
        unsigned int r; \
        asm("{" op ".bf16x2 %0,%1;}\n" : "=r"(r) : "r"(__warpgrade_bf162_bits(a))); \
        return __warpgrade_bf162(r); \
    }
#define WARPGRADE_BF16_2(name, name2, op) \
    WARPGRADE_BF16 __nv_bfloat16 name(__nv_bfloat16 a, __nv_bfloat16 b) { \
        unsigned short r; \
        asm("{" op ".bf16 %0,%1,%2;}\n" : "=h"(r) : "h"(a.__x), "h"(b.__x)); \
        return __warpgrade_bf16(r); \
    } \
    WARPGRADE_BF16 __nv_bfloat162 name2(__nv_bfloat162 a, __nv_bfloat162 b) { \
        unsigned int r; \
        asm("{" op ".bf16x2 %0,%1,%2;}\n" : "=r"(r) : "r"(__warpgrade_bf162_bits(a)), "r"(__warpgrade_bf162_bits(b))); \
        return __warpgrade_bf162(r); \
    }
#define WARPGRADE_BF16_3(name, name2, op) \
    WARPGRADE_BF16 __nv_bfloat16 name(__nv_bfloat16 a, __nv_bfloat16 b, __nv_bfloat16 c) { \
        unsigned short r; \
        asm("{" op ".bf16 %0,%1,%2,%3;}\n" : "=h"(r) : "h"(a.__x), "h"(b.__x), "h"(c.__x)); \
        return __warpgrade_bf16(r); \
    } \
    WARPGRADE_BF16 __nv_bfloat162 name2(__nv_bfloat162 a, __nv_bfloat162 b, __nv_bfloat162 c) { \
        unsigned int r; \
        asm("{" op ".bf16x2 %0,%1,%2,%3;}\n" \
            : "=r"(r) \
            : "r"(__warpgrade_bf162_bits(a)), "r"(__warpgrade_bf162_bits(b)), "r"(__warpgrade_bf162_bits(c))); \
        return __warpgrade_bf162(r); \
    }
WARPGRADE_BF16_1(__hneg, __hneg2, "neg")
WARPGRADE_BF16_1(__habs, __habs2, "abs")
WARPGRADE_BF16_2(__hmax, __hmax2, "max")
WARPGRADE_BF16_2(__hmin, __hmin2, "min")
WARPGRADE_BF16_2(__hmax_nan, __hmax2_nan, "max.NaN")
WARPGRADE_BF16_2(__hmin_nan, __hmin2_nan, "min.NaN")
WARPGRADE_BF16_3(__hfma, __hfma2, "fma.rn")
WARPGRADE_BF16_3(__hfma_relu, __hfma2_relu, "fma.rn.relu")
#undef WARPGRADE_BF16_1
#undef WARPGRADE_BF16_2
#undef WARPGRADE_BF16_3

#define WARPGRADE_BF16_BY_FMA(name, a1, b1, c1) \
    WARPGRADE_BF16 __nv_bfloat16 name(__nv_bfloat16 a, __nv_bfloat16 b) { \
        const __nv_bfloat16 one = __warpgrade_bf16(0x3f80), minusOne = __warpgrade_bf16(0xbf80); \
        const __nv_bfloat16 minusZero = __warpgrade_bf16(0x8000); \
        (void)one, (void)minusOne, (void)minusZero; \
        return __hfma(a1, b1, c1); \
    } \
    WARPGRADE_BF16 __nv_bfloat162 name##2(__nv_bfloat162 a, __nv_bfloat162 b) { \
        const __nv_bfloat162 one = __warpgrade_bf162(0x3f803f80u), minusOne = __warpgrade_bf162(0xbf80bf80u); \
        const __nv_bfloat162 minusZero = __warpgrade_bf162(0x80008000u); \
        (void)one, (void)minusOne, (void)minusZero; \
        return __hfma2(a1, b1, c1); \
    }
WARPGRADE_BF16_BY_FMA(__hadd, a, one, b)
WARPGRADE_BF16_BY_FMA(__hsub, b, minusOne, a)
WARPGRADE_BF16_BY_FMA(__hmul, a, b, minusZero)
#undef WARPGRADE_BF16_BY_FMA

WARPGRADE_BF16 __nv_bfloat16 __hdiv(__nv_bfloat16 a, __nv_bfloat16 b) { return __float2bfloat16(__bfloat162float(a) / __bfloat162float(b)); }
WARPGRADE_BF16 __nv_bfloat162 __h2div(__nv_bfloat162 a, __nv_bfloat162 b) { return __nv_bfloat162(__hdiv(a.x, b.x), __hdiv(a.y, b.y)); }

#define WARPGRADE_BF16_BY_FLOAT(name, name2, expression) \
    WARPGRADE_BF16 __nv_bfloat16 name(__nv_bfloat16 a) { \
        float x = __bfloat162float(a); \
        return __float2bfloat16(expression); \
    } \
    WARPGRADE_BF16 __nv_bfloat162 name2(__nv_bfloat162 a) { return __nv_bfloat162(name(a.x), name(a.y)); }
WARPGRADE_BF16_BY_FLOAT(hsqrt, h2sqrt, sqrtf(x))
WARPGRADE_BF16_BY_FLOAT(hrsqrt, h2rsqrt, rsqrtf(x))
WARPGRADE_BF16_BY_FLOAT(hrcp, h2rcp, 1.0f / x)
WARPGRADE_BF16_BY_FLOAT(hexp, h2exp, expf(x))
WARPGRADE_BF16_BY_FLOAT(hexp2, h2exp2, exp2f(x))
WARPGRADE_BF16_BY_FLOAT(hexp10, h2exp10, exp10f(x))
WARPGRADE_BF16_BY_FLOAT(hlog, h2log, logf(x))
WARPGRADE_BF16_BY_FLOAT(hlog2, h2log2, log2f(x))
WARPGRADE_BF16_BY_FLOAT(hlog10, h2log10, log10f(x))
WARPGRADE_BF16_BY_FLOAT(hsin, h2sin, sinf(x))
WARPGRADE_BF16_BY_FLOAT(hcos, h2cos, cosf(x))
WARPGRADE_BF16_BY_FLOAT(htanh, h2tanh, tanhf(x))
WARPGRADE_BF16_BY_FLOAT(hceil, h2ceil, ceilf(x))
WARPGRADE_BF16_BY_FLOAT(hfloor, h2floor, floorf(x))
WARPGRADE_BF16_BY_FLOAT(htrunc, h2trunc, truncf(x))
WARPGRADE_BF16_BY_FLOAT(hrint, h2rint, rintf(x))
#undef WARPGRADE_BF16_BY_FLOAT

// ---- comparisons ----------------------------------------------------------------------------------------------------

// Widening to float is exact, so comparing floats compares halves. A name with u is true if either side is NaN.
#define WARPGRADE_BF16_COMPARE(name, op) \
    WARPGRADE_BF16 bool __h##name(__nv_bfloat16 a, __nv_bfloat16 b) { return __bfloat162float(a) op __bfloat162float(b); } \
    WARPGRADE_BF16 __nv_bfloat162 __h##name##2(__nv_bfloat162 a, __nv_bfloat162 b) { \
        return __nv_bfloat162(__nv_bfloat16(__h##name(a.x, b.x) ? 1.0f : 0.0f), __nv_bfloat16(__h##name(a.y, b.y) ? 1.0f : 0.0f)); \
    } \
    WARPGRADE_BF16 bool __hb##name##2(__nv_bfloat162 a, __nv_bfloat162 b) { return __h##name(a.x, b.x) && __h##name(a.y, b.y); }
#define WARPGRADE_BF16_COMPARE_UNORDERED(name, opposite) \
    WARPGRADE_BF16 bool __h##name##u(__nv_bfloat16 a, __nv_bfloat16 b) { return !(__bfloat162float(a) opposite __bfloat162float(b)); }
WARPGRADE_BF16_COMPARE(eq, ==)
WARPGRADE_BF16_COMPARE(lt, <)
WARPGRADE_BF16_COMPARE(le, <=)
WARPGRADE_BF16_COMPARE(gt, >)
WARPGRADE_BF16_COMPARE(ge, >=)
WARPGRADE_BF16 bool __hneu(__nv_bfloat16 a, __nv_bfloat16 b) { return __bfloat162float(a) != __bfloat162float(b); }
WARPGRADE_BF16 bool __hisnan(__nv_bfloat16 a) { return (a.__x & 0x7fff) > 0x7c00; }
WARPGRADE_BF16 bool __hne(__nv_bfloat16 a, __nv_bfloat16 b) { return !__hisnan(a) && !__hisnan(b) && __hneu(a, b); }
WARPGRADE_BF16 int __hisinf(__nv_bfloat16 a) { return a.__x == 0x7c00 ? 1 : a.__x == 0xfc00 ? -1 : 0; }
WARPGRADE_BF16_COMPARE_UNORDERED(lt, >=)
WARPGRADE_BF16_COMPARE_UNORDERED(le, >)
WARPGRADE_BF16_COMPARE_UNORDERED(gt, <=)
WARPGRADE_BF16_COMPARE_UNORDERED(ge, <)
#undef WARPGRADE_BF16_COMPARE
#undef WARPGRADE_BF16_COMPARE_UNORDERED
WARPGRADE_BF16 bool __hequ(__nv_bfloat16 a, __nv_bfloat16 b) { return __hisnan(a) || __hisnan(b) || __heq(a, b); }

// ---- operators ------------------------------------------------------------------------------------------------------

#define WARPGRADE_BF16_OPERATORS(T, suffix, divide) \
    WARPGRADE_BF16 T operator+(const T& a, const T& b) { return __hadd##suffix(a, b); } \
    WARPGRADE_BF16 T operator-(const T& a, const T& b) { return __hsub##suffix(a, b); } \
    WARPGRADE_BF16 T operator*(const T& a, const T& b) { return __hmul##suffix(a, b); } \
    WARPGRADE_BF16 T operator/(const T& a, const T& b) { return divide(a, b); } \
    WARPGRADE_BF16 T operator+(const T& a) { return a; } \
    WARPGRADE_BF16 T operator-(const T& a) { return __hneg##suffix(a); } \
    WARPGRADE_BF16 T& operator+=(T& a, const T& b) { return a = a + b; } \
    WARPGRADE_BF16 T& operator-=(T& a, const T& b) { return a = a - b; } \
    WARPGRADE_BF16 T& operator*=(T& a, const T& b) { return a = a * b; } \
    WARPGRADE_BF16 T& operator/=(T& a, const T& b) { return a = a / b; }
WARPGRADE_BF16_OPERATORS(__nv_bfloat16, , __hdiv)
WARPGRADE_BF16_OPERATORS(__nv_bfloat162, 2, __h2div)
#undef WARPGRADE_BF16_OPERATORS
WARPGRADE_BF16 __nv_bfloat16& operator++(__nv_bfloat16& a) { return a = __hadd(a, __nv_bfloat16(1.0f)); }
WARPGRADE_BF16 __nv_bfloat16& operator--(__nv_bfloat16& a) { return a = __hsub(a, __nv_bfloat16(1.0f)); }
WARPGRADE_BF16 bool operator==(const __nv_bfloat16& a, const __nv_bfloat16& b) { return __heq(a, b); }
WARPGRADE_BF16 bool operator!=(const __nv_bfloat16& a, const __nv_bfloat16& b) { return __hneu(a, b); }
WARPGRADE_BF16 bool operator<(const __nv_bfloat16& a, const __nv_bfloat16& b) { return __hlt(a, b); }
WARPGRADE_BF16 bool operator<=(const __nv_bfloat16& a, const __nv_bfloat16& b) { return __hle(a, b); }
WARPGRADE_BF16 bool operator>(const __nv_bfloat16& a, const __nv_bfloat16& b) { return __hgt(a, b); }
WARPGRADE_BF16 bool operator>=(const __nv_bfloat16& a, const __nv_bfloat16& b) { return __hge(a, b); }
WARPGRADE_BF16 bool operator==(const __nv_bfloat162& a, const __nv_bfloat162& b) { return __hbeq2(a, b); }

// ---- memory and warps -----------------------------------------------------------------------------------------------

WARPGRADE_BF16 __nv_bfloat16 __ldg(const __nv_bfloat16* a) { return __warpgrade_bf16(__ldg((const unsigned short*)a)); }
WARPGRADE_BF16 __nv_bfloat162 __ldg(const __nv_bfloat162* a) { return __warpgrade_bf162(__ldg((const unsigned int*)a)); }

#define WARPGRADE_BF16_SHUFFLE(name, T) \
    WARPGRADE_BF16 __nv_bfloat16 name(unsigned int mask, __nv_bfloat16 a, T lane, int width = 32) { \
        return __warpgrade_bf16((unsigned short)name(mask, (unsigned int)a.__x, lane, width)); \
    } \
    WARPGRADE_BF16 __nv_bfloat162 name(unsigned int mask, __nv_bfloat162 a, T lane, int width = 32) { \
        return __warpgrade_bf162(name(mask, __warpgrade_bf162_bits(a), lane, width)); \
    }
WARPGRADE_BF16_SHUFFLE(__shfl_sync, int)
WARPGRADE_BF16_SHUFFLE(__shfl_up_sync, unsigned int)
WARPGRADE_BF16_SHUFFLE(__shfl_down_sync, unsigned int)
WARPGRADE_BF16_SHUFFLE(__shfl_xor_sync, int)
#undef WARPGRADE_BF16_SHUFFLE

WARPGRADE_BF16 __nv_bfloat16 atomicAdd(__nv_bfloat16* address, __nv_bfloat16 a) {
    unsigned short* word = (unsigned short*)address;
    unsigned short seen = *(volatile unsigned short*)word;
    unsigned short old;
    do {
        old = seen;
        seen = atomicCAS(word, old, __hadd(__warpgrade_bf16(old), a).__x);
    } while (seen != old);
    return __warpgrade_bf16(old);
}
WARPGRADE_BF16 __nv_bfloat162 atomicAdd(__nv_bfloat162* address, __nv_bfloat162 a) {
    unsigned int* word = (unsigned int*)address;
    unsigned int seen = *(volatile unsigned int*)word;
    unsigned int old;
    do {
        old = seen;
        seen = atomicCAS(word, old, __warpgrade_bf162_bits(__hadd2(__warpgrade_bf162(old), a)));
    } while (seen != old);
    return __warpgrade_bf162(old);
}

#undef WARPGRADE_BF16

#endif
