// half and half2: storage, conversions, arithmetic, comparisons, warp shuffles and atomics.
//
// Arithmetic is one PTX instruction each, as in CUDA. Functions without an instruction of their own (division, exp, sin, ...)
// are computed in float and rounded once; for +, -, *, / and sqrt that is the same as rounding the exact result.
#ifndef WARPGRADE_CUDA_FP16_H
#define WARPGRADE_CUDA_FP16_H

#define WARPGRADE_HALF static __inline__ __device__

struct __half_raw {
    unsigned short x;
};
struct __half2_raw {
    unsigned short x;
    unsigned short y;
};
struct __half;

WARPGRADE_HALF unsigned short __warpgrade_half_rn(float x) {
    unsigned short bits;
    asm("{  cvt.rn.f16.f32 %0, %1;}\n" : "=h"(bits) : "f"(x));
    return bits;
}
WARPGRADE_HALF float __warpgrade_half_float(unsigned short bits) {
    float x;
    asm("{  cvt.f32.f16 %0, %1;}\n" : "=f"(x) : "h"(bits));
    return x;
}
WARPGRADE_HALF unsigned short __warpgrade_half_of_double(double x) {
    unsigned short bits;
    asm("{  cvt.rn.f16.f64 %0, %1;}\n" : "=h"(bits) : "d"(x));
    return bits;
}

struct __align__(2) __half {
    unsigned short __x;

    __half() = default;
    __device__ constexpr __half(const __half_raw& raw) : __x(raw.x) {}
    __device__ __half(float x) : __x(__warpgrade_half_rn(x)) {}
    __device__ __half(double x) : __x(__warpgrade_half_of_double(x)) {}
    __device__ __half(short x) : __x(__warpgrade_half_rn((float)x)) {}
    __device__ __half(unsigned short x) : __x(__warpgrade_half_rn((float)x)) {}
    __device__ __half(int x) : __x(__warpgrade_half_of_double((double)x)) {}
    __device__ __half(unsigned int x) : __x(__warpgrade_half_of_double((double)x)) {}
    __device__ __half(long x) : __x(__warpgrade_half_of_double((double)x)) {}
    __device__ __half(unsigned long x) : __x(__warpgrade_half_of_double((double)x)) {}
    __device__ __half(long long x) : __x(__warpgrade_half_of_double((double)x)) {}
    __device__ __half(unsigned long long x) : __x(__warpgrade_half_of_double((double)x)) {}

    __device__ operator float() const { return __warpgrade_half_float(__x); }
    __device__ operator __half_raw() const { return __half_raw{__x}; }
    __device__ operator bool() const { return (__x & 0x7fff) != 0; }
    __device__ operator short() const { return (short)__warpgrade_half_float(__x); }
    __device__ operator unsigned short() const { return (unsigned short)__warpgrade_half_float(__x); }
    __device__ operator int() const { return (int)__warpgrade_half_float(__x); }
    __device__ operator unsigned int() const { return (unsigned int)__warpgrade_half_float(__x); }
    __device__ operator long long() const { return (long long)__warpgrade_half_float(__x); }
    __device__ operator unsigned long long() const { return (unsigned long long)__warpgrade_half_float(__x); }

    __device__ __half& operator=(float x) { return *this = __half(x); }
    __device__ __half& operator=(double x) { return *this = __half(x); }
    __device__ __half& operator=(int x) { return *this = __half(x); }
    __device__ __half& operator=(const __half_raw& raw) {
        __x = raw.x;
        return *this;
    }
    __half& operator=(const __half&) = default;
    __half(const __half&) = default;
};

struct __align__(4) __half2 {
    __half x;
    __half y;

    __half2() = default;
    __half2(const __half2&) = default;
    __half2& operator=(const __half2&) = default;
    __device__ __half2(const __half& low, const __half& high) : x(low), y(high) {}
};

typedef __half half;
typedef __half2 half2;
typedef __half __nv_half;
typedef __half2 __nv_half2;

WARPGRADE_HALF __half __warpgrade_half(unsigned short bits) { return __half(__half_raw{bits}); }
WARPGRADE_HALF unsigned int __warpgrade_half2_bits(__half2 a) {
    return (unsigned int)a.x.__x | (unsigned int)a.y.__x << 16;
}
WARPGRADE_HALF __half2 __warpgrade_half2(unsigned int bits) {
    return __half2(__warpgrade_half((unsigned short)bits), __warpgrade_half((unsigned short)(bits >> 16)));
}

// ---- conversions ----------------------------------------------------------------------------------------------------

WARPGRADE_HALF __half __float2half(float x) { return __warpgrade_half(__warpgrade_half_rn(x)); }
WARPGRADE_HALF __half __float2half_rn(float x) { return __float2half(x); }
#define WARPGRADE_HALF_ROUNDED(name, mode) \
    WARPGRADE_HALF __half name(float x) { \
        unsigned short bits; \
        asm("{  cvt." mode ".f16.f32 %0, %1;}\n" : "=h"(bits) : "f"(x)); \
        return __warpgrade_half(bits); \
    }
WARPGRADE_HALF_ROUNDED(__float2half_rz, "rz")
WARPGRADE_HALF_ROUNDED(__float2half_rd, "rm")
WARPGRADE_HALF_ROUNDED(__float2half_ru, "rp")
#undef WARPGRADE_HALF_ROUNDED
WARPGRADE_HALF __half __double2half(double x) { return __half(x); }
WARPGRADE_HALF float __half2float(__half a) { return __warpgrade_half_float(a.__x); }
WARPGRADE_HALF __half __int2half_rn(int x) { return __half(x); }
WARPGRADE_HALF __half __uint2half_rn(unsigned int x) { return __half(x); }
WARPGRADE_HALF __half __short2half_rn(short x) { return __half(x); }
WARPGRADE_HALF __half __ushort2half_rn(unsigned short x) { return __half(x); }
WARPGRADE_HALF __half __ll2half_rn(long long x) { return __half(x); }
WARPGRADE_HALF __half __ull2half_rn(unsigned long long x) { return __half(x); }
WARPGRADE_HALF int __half2int_rn(__half a) { return __float2int_rn(__half2float(a)); }
WARPGRADE_HALF int __half2int_rz(__half a) { return __float2int_rz(__half2float(a)); }
WARPGRADE_HALF int __half2int_rd(__half a) { return __float2int_rd(__half2float(a)); }
WARPGRADE_HALF int __half2int_ru(__half a) { return __float2int_ru(__half2float(a)); }
WARPGRADE_HALF unsigned int __half2uint_rn(__half a) { return __float2uint_rn(__half2float(a)); }
WARPGRADE_HALF unsigned int __half2uint_rz(__half a) { return __float2uint_rz(__half2float(a)); }
WARPGRADE_HALF short __half2short_rn(__half a) { return (short)__float2int_rn(__half2float(a)); }
WARPGRADE_HALF short __half2short_rz(__half a) { return (short)__float2int_rz(__half2float(a)); }
WARPGRADE_HALF short __half_as_short(__half a) { return (short)a.__x; }
WARPGRADE_HALF unsigned short __half_as_ushort(__half a) { return a.__x; }
WARPGRADE_HALF __half __short_as_half(short bits) { return __warpgrade_half((unsigned short)bits); }
WARPGRADE_HALF __half __ushort_as_half(unsigned short bits) { return __warpgrade_half(bits); }

WARPGRADE_HALF __half2 __halves2half2(__half low, __half high) { return __half2(low, high); }
WARPGRADE_HALF __half2 make_half2(__half low, __half high) { return __half2(low, high); }
WARPGRADE_HALF __half2 __half2half2(__half a) { return __half2(a, a); }
WARPGRADE_HALF __half2 __float2half2_rn(float x) { return __half2half2(__float2half(x)); }
WARPGRADE_HALF __half2 __floats2half2_rn(float low, float high) {
    unsigned int bits;
    asm("{  cvt.rn.f16x2.f32 %0, %1, %2;}\n" : "=r"(bits) : "f"(high), "f"(low));
    return __warpgrade_half2(bits);
}
WARPGRADE_HALF __half2 __float22half2_rn(float2 a) { return __floats2half2_rn(a.x, a.y); }
WARPGRADE_HALF float2 __half22float2(__half2 a) { return make_float2(__half2float(a.x), __half2float(a.y)); }
WARPGRADE_HALF __half __low2half(__half2 a) { return a.x; }
WARPGRADE_HALF __half __high2half(__half2 a) { return a.y; }
WARPGRADE_HALF float __low2float(__half2 a) { return __half2float(a.x); }
WARPGRADE_HALF float __high2float(__half2 a) { return __half2float(a.y); }
WARPGRADE_HALF __half2 __low2half2(__half2 a) { return __half2(a.x, a.x); }
WARPGRADE_HALF __half2 __high2half2(__half2 a) { return __half2(a.y, a.y); }
WARPGRADE_HALF __half2 __lows2half2(__half2 a, __half2 b) { return __half2(a.x, b.x); }
WARPGRADE_HALF __half2 __highs2half2(__half2 a, __half2 b) { return __half2(a.y, b.y); }
WARPGRADE_HALF __half2 __lowhigh2highlow(__half2 a) { return __half2(a.y, a.x); }

// ---- arithmetic -----------------------------------------------------------------------------------------------------

#define WARPGRADE_HALF_1(name, name2, op) \
    WARPGRADE_HALF __half name(__half a) { \
        unsigned short r; \
        asm("{" op ".f16 %0,%1;}\n" : "=h"(r) : "h"(a.__x)); \
        return __warpgrade_half(r); \
    } \
    WARPGRADE_HALF __half2 name2(__half2 a) { \
        unsigned int r; \
        asm("{" op ".f16x2 %0,%1;}\n" : "=r"(r) : "r"(__warpgrade_half2_bits(a))); \
        return __warpgrade_half2(r); \
    }
#define WARPGRADE_HALF_2(name, name2, op) \
    WARPGRADE_HALF __half name(__half a, __half b) { \
        unsigned short r; \
        asm("{" op ".f16 %0,%1,%2;}\n" : "=h"(r) : "h"(a.__x), "h"(b.__x)); \
        return __warpgrade_half(r); \
    } \
    WARPGRADE_HALF __half2 name2(__half2 a, __half2 b) { \
        unsigned int r; \
        asm("{" op ".f16x2 %0,%1,%2;}\n" : "=r"(r) : "r"(__warpgrade_half2_bits(a)), "r"(__warpgrade_half2_bits(b))); \
        return __warpgrade_half2(r); \
    }
#define WARPGRADE_HALF_3(name, name2, op) \
    WARPGRADE_HALF __half name(__half a, __half b, __half c) { \
        unsigned short r; \
        asm("{" op ".f16 %0,%1,%2,%3;}\n" : "=h"(r) : "h"(a.__x), "h"(b.__x), "h"(c.__x)); \
        return __warpgrade_half(r); \
    } \
    WARPGRADE_HALF __half2 name2(__half2 a, __half2 b, __half2 c) { \
        unsigned int r; \
        asm("{" op ".f16x2 %0,%1,%2,%3;}\n" \
            : "=r"(r) \
            : "r"(__warpgrade_half2_bits(a)), "r"(__warpgrade_half2_bits(b)), "r"(__warpgrade_half2_bits(c))); \
        return __warpgrade_half2(r); \
    }
WARPGRADE_HALF_1(__hneg, __hneg2, "neg")
WARPGRADE_HALF_1(__habs, __habs2, "abs")
WARPGRADE_HALF_2(__hadd, __hadd2, "add")
WARPGRADE_HALF_2(__hsub, __hsub2, "sub")
WARPGRADE_HALF_2(__hmul, __hmul2, "mul")
WARPGRADE_HALF_2(__hadd_rn, __hadd2_rn, "add.rn")
WARPGRADE_HALF_2(__hsub_rn, __hsub2_rn, "sub.rn")
WARPGRADE_HALF_2(__hmul_rn, __hmul2_rn, "mul.rn")
WARPGRADE_HALF_2(__hadd_sat, __hadd2_sat, "add.sat")
WARPGRADE_HALF_2(__hsub_sat, __hsub2_sat, "sub.sat")
WARPGRADE_HALF_2(__hmul_sat, __hmul2_sat, "mul.sat")
WARPGRADE_HALF_2(__hmax, __hmax2, "max")
WARPGRADE_HALF_2(__hmin, __hmin2, "min")
WARPGRADE_HALF_2(__hmax_nan, __hmax2_nan, "max.NaN")
WARPGRADE_HALF_2(__hmin_nan, __hmin2_nan, "min.NaN")
WARPGRADE_HALF_3(__hfma, __hfma2, "fma.rn")
WARPGRADE_HALF_3(__hfma_sat, __hfma2_sat, "fma.rn.sat")
WARPGRADE_HALF_3(__hfma_relu, __hfma2_relu, "fma.rn.relu")
#undef WARPGRADE_HALF_1
#undef WARPGRADE_HALF_2
#undef WARPGRADE_HALF_3

WARPGRADE_HALF __half __hdiv(__half a, __half b) { return __float2half(__half2float(a) / __half2float(b)); }
WARPGRADE_HALF __half2 __h2div(__half2 a, __half2 b) { return __half2(__hdiv(a.x, b.x), __hdiv(a.y, b.y)); }

#define WARPGRADE_HALF_BY_FLOAT(name, name2, expression) \
    WARPGRADE_HALF __half name(__half a) { \
        float x = __half2float(a); \
        return __float2half(expression); \
    } \
    WARPGRADE_HALF __half2 name2(__half2 a) { return __half2(name(a.x), name(a.y)); }
WARPGRADE_HALF_BY_FLOAT(hsqrt, h2sqrt, sqrtf(x))
WARPGRADE_HALF_BY_FLOAT(hrsqrt, h2rsqrt, rsqrtf(x))
WARPGRADE_HALF_BY_FLOAT(hrcp, h2rcp, 1.0f / x)
WARPGRADE_HALF_BY_FLOAT(hexp, h2exp, expf(x))
WARPGRADE_HALF_BY_FLOAT(hexp2, h2exp2, exp2f(x))
WARPGRADE_HALF_BY_FLOAT(hexp10, h2exp10, exp10f(x))
WARPGRADE_HALF_BY_FLOAT(hlog, h2log, logf(x))
WARPGRADE_HALF_BY_FLOAT(hlog2, h2log2, log2f(x))
WARPGRADE_HALF_BY_FLOAT(hlog10, h2log10, log10f(x))
WARPGRADE_HALF_BY_FLOAT(hsin, h2sin, sinf(x))
WARPGRADE_HALF_BY_FLOAT(hcos, h2cos, cosf(x))
WARPGRADE_HALF_BY_FLOAT(htanh, h2tanh, tanhf(x))
WARPGRADE_HALF_BY_FLOAT(hceil, h2ceil, ceilf(x))
WARPGRADE_HALF_BY_FLOAT(hfloor, h2floor, floorf(x))
WARPGRADE_HALF_BY_FLOAT(htrunc, h2trunc, truncf(x))
WARPGRADE_HALF_BY_FLOAT(hrint, h2rint, rintf(x))
#undef WARPGRADE_HALF_BY_FLOAT

// ---- comparisons ----------------------------------------------------------------------------------------------------

// Widening to float is exact, so comparing floats compares halves. A name with u is true if either side is NaN.
#define WARPGRADE_HALF_COMPARE(name, op) \
    WARPGRADE_HALF bool __h##name(__half a, __half b) { return __half2float(a) op __half2float(b); } \
    WARPGRADE_HALF __half2 __h##name##2(__half2 a, __half2 b) { \
        return __half2(__half(__h##name(a.x, b.x) ? 1.0f : 0.0f), __half(__h##name(a.y, b.y) ? 1.0f : 0.0f)); \
    } \
    WARPGRADE_HALF bool __hb##name##2(__half2 a, __half2 b) { return __h##name(a.x, b.x) && __h##name(a.y, b.y); }
#define WARPGRADE_HALF_COMPARE_UNORDERED(name, opposite) \
    WARPGRADE_HALF bool __h##name##u(__half a, __half b) { return !(__half2float(a) opposite __half2float(b)); }
WARPGRADE_HALF_COMPARE(eq, ==)
WARPGRADE_HALF_COMPARE(lt, <)
WARPGRADE_HALF_COMPARE(le, <=)
WARPGRADE_HALF_COMPARE(gt, >)
WARPGRADE_HALF_COMPARE(ge, >=)
WARPGRADE_HALF bool __hneu(__half a, __half b) { return __half2float(a) != __half2float(b); }
WARPGRADE_HALF bool __hisnan(__half a) { return (a.__x & 0x7fff) > 0x7c00; }
WARPGRADE_HALF bool __hne(__half a, __half b) { return !__hisnan(a) && !__hisnan(b) && __hneu(a, b); }
WARPGRADE_HALF int __hisinf(__half a) { return a.__x == 0x7c00 ? 1 : a.__x == 0xfc00 ? -1 : 0; }
WARPGRADE_HALF_COMPARE_UNORDERED(lt, >=)
WARPGRADE_HALF_COMPARE_UNORDERED(le, >)
WARPGRADE_HALF_COMPARE_UNORDERED(gt, <=)
WARPGRADE_HALF_COMPARE_UNORDERED(ge, <)
#undef WARPGRADE_HALF_COMPARE
#undef WARPGRADE_HALF_COMPARE_UNORDERED
WARPGRADE_HALF bool __hequ(__half a, __half b) { return __hisnan(a) || __hisnan(b) || __heq(a, b); }

// ---- operators ------------------------------------------------------------------------------------------------------

#define WARPGRADE_HALF_OPERATORS(T, suffix, divide) \
    WARPGRADE_HALF T operator+(const T& a, const T& b) { return __hadd##suffix(a, b); } \
    WARPGRADE_HALF T operator-(const T& a, const T& b) { return __hsub##suffix(a, b); } \
    WARPGRADE_HALF T operator*(const T& a, const T& b) { return __hmul##suffix(a, b); } \
    WARPGRADE_HALF T operator/(const T& a, const T& b) { return divide(a, b); } \
    WARPGRADE_HALF T operator+(const T& a) { return a; } \
    WARPGRADE_HALF T operator-(const T& a) { return __hneg##suffix(a); } \
    WARPGRADE_HALF T& operator+=(T& a, const T& b) { return a = a + b; } \
    WARPGRADE_HALF T& operator-=(T& a, const T& b) { return a = a - b; } \
    WARPGRADE_HALF T& operator*=(T& a, const T& b) { return a = a * b; } \
    WARPGRADE_HALF T& operator/=(T& a, const T& b) { return a = a / b; }
WARPGRADE_HALF_OPERATORS(__half, , __hdiv)
WARPGRADE_HALF_OPERATORS(__half2, 2, __h2div)
#undef WARPGRADE_HALF_OPERATORS
WARPGRADE_HALF __half& operator++(__half& a) { return a = __hadd(a, __half(1.0f)); }
WARPGRADE_HALF __half& operator--(__half& a) { return a = __hsub(a, __half(1.0f)); }
WARPGRADE_HALF bool operator==(const __half& a, const __half& b) { return __heq(a, b); }
WARPGRADE_HALF bool operator!=(const __half& a, const __half& b) { return __hneu(a, b); }
WARPGRADE_HALF bool operator<(const __half& a, const __half& b) { return __hlt(a, b); }
WARPGRADE_HALF bool operator<=(const __half& a, const __half& b) { return __hle(a, b); }
WARPGRADE_HALF bool operator>(const __half& a, const __half& b) { return __hgt(a, b); }
WARPGRADE_HALF bool operator>=(const __half& a, const __half& b) { return __hge(a, b); }
WARPGRADE_HALF bool operator==(const __half2& a, const __half2& b) { return __hbeq2(a, b); }

// ---- memory and warps -----------------------------------------------------------------------------------------------

WARPGRADE_HALF __half __ldg(const __half* a) { return __warpgrade_half(__ldg((const unsigned short*)a)); }
WARPGRADE_HALF __half2 __ldg(const __half2* a) { return __warpgrade_half2(__ldg((const unsigned int*)a)); }

#define WARPGRADE_HALF_SHUFFLE(name, T) \
    WARPGRADE_HALF __half name(unsigned int mask, __half a, T lane, int width = 32) { \
        return __warpgrade_half((unsigned short)name(mask, (unsigned int)a.__x, lane, width)); \
    } \
    WARPGRADE_HALF __half2 name(unsigned int mask, __half2 a, T lane, int width = 32) { \
        return __warpgrade_half2(name(mask, __warpgrade_half2_bits(a), lane, width)); \
    }
WARPGRADE_HALF_SHUFFLE(__shfl_sync, int)
WARPGRADE_HALF_SHUFFLE(__shfl_up_sync, unsigned int)
WARPGRADE_HALF_SHUFFLE(__shfl_down_sync, unsigned int)
WARPGRADE_HALF_SHUFFLE(__shfl_xor_sync, int)
#undef WARPGRADE_HALF_SHUFFLE

WARPGRADE_HALF __half atomicAdd(__half* address, __half a) {
    unsigned short old;
    asm volatile("{ atom.add.noftz.f16 %0,[%1],%2;}\n" : "=h"(old) : "l"(address), "h"(a.__x) : "memory");
    return __warpgrade_half(old);
}
WARPGRADE_HALF __half2 atomicAdd(__half2* address, __half2 a) {
    unsigned int old;
    asm volatile("{ atom.add.noftz.f16x2 %0,[%1],%2;}\n"
                 : "=r"(old)
                 : "l"(address), "r"(__warpgrade_half2_bits(a))
                 : "memory");
    return __warpgrade_half2(old);
}

#define CUDART_INF_FP16 __ushort_as_half((unsigned short)0x7C00U)
#define CUDART_NAN_FP16 __ushort_as_half((unsigned short)0x7FFFU)
#define CUDART_MAX_NORMAL_FP16 __ushort_as_half((unsigned short)0x7BFFU)
#define CUDART_ONE_FP16 __ushort_as_half((unsigned short)0x3C00U)
#define CUDART_ZERO_FP16 __ushort_as_half((unsigned short)0x0000U)
#define CUDART_NEG_ZERO_FP16 __ushort_as_half((unsigned short)0x8000U)

#undef WARPGRADE_HALF

#endif
