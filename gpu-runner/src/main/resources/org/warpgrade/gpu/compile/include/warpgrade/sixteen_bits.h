// What half and bfloat16 have in common, in three parts: included by cuda_fp16.h and by cuda_bf16.h, not by programs.
//
// They define WARPGRADE_T and WARPGRADE_T2 (the types), WARPGRADE_RAW and WARPGRADE_RAW2 (their bits as plain structs),
// WARPGRADE_WORD and WARPGRADE_WORD2 (how names of functions call them), WARPGRADE_SUFFIX (of PTX instructions),
// WARPGRADE_FRACTION, WARPGRADE_BIAS and WARPGRADE_INFINITY (the format), and three functions: WARPGRADE_ROUNDED and
// WARPGRADE_ROUNDED_DOUBLE give the bits nearest to a float or double, WARPGRADE_WIDENED the float of some bits. Between the
// second and the third part they define __hadd, __hsub and __hmul with their variants.
#if WARPGRADE_16_PART == 1

#define WARPGRADE_16 static __inline__ __device__
#define WARPGRADE_JOINED(before, word, after) before##word##after
#define WARPGRADE_NAMED(before, word, after) WARPGRADE_JOINED(before, word, after)
#define WARPGRADE_TO_FLOAT WARPGRADE_NAMED(__, WARPGRADE_WORD, 2float)
#define WARPGRADE_OF_FLOAT WARPGRADE_NAMED(__float2, WARPGRADE_WORD, )
#define WARPGRADE_OF_BITS WARPGRADE_NAMED(__ushort_as_, WARPGRADE_WORD, )
#define WARPGRADE_BITS2 WARPGRADE_NAMED(__warpgrade_, WARPGRADE_WORD2, _bits)
#define WARPGRADE_OF_BITS2 WARPGRADE_NAMED(__warpgrade_, WARPGRADE_WORD2, )
#define WARPGRADE_OF_INTEGER WARPGRADE_NAMED(__warpgrade_, WARPGRADE_WORD, _of_integer)

// ---- types ----------------------------------------------------------------------------------------------------------

struct WARPGRADE_RAW {
    unsigned short x;
};
struct WARPGRADE_RAW2 {
    unsigned short x;
    unsigned short y;
};

/// The bits of an integer, rounded to nearest even (0), to zero (1), down (2) or up (3).
WARPGRADE_16 unsigned short WARPGRADE_OF_INTEGER(bool negative, unsigned long long size, int mode) {
    if (size == 0) return 0;
    int exponent = 63 - __clzll((long long)size);
    int dropped = exponent - WARPGRADE_FRACTION;
    unsigned long long kept = dropped > 0 ? size >> dropped : size << -dropped;
    unsigned long long rest = dropped > 0 ? size << (64 - dropped) : 0;
    const unsigned long long half = 1ull << 63;
    bool outward = mode == 0 || (mode == 2 && negative) || (mode == 3 && !negative);
    kept += mode == 0 ? rest > half || (rest == half && (kept & 1)) : outward && rest != 0;
    unsigned long long bits = ((unsigned long long)(exponent + WARPGRADE_BIAS - 1) << WARPGRADE_FRACTION) + kept;
    if (bits >= WARPGRADE_INFINITY) bits = WARPGRADE_INFINITY - !outward;
    return (unsigned short)(bits | (negative ? 0x8000 : 0));
}
WARPGRADE_16 unsigned short WARPGRADE_OF_INTEGER(long long x, int mode) {
    return WARPGRADE_OF_INTEGER(x < 0, x < 0 ? 0ull - (unsigned long long)x : (unsigned long long)x, mode);
}

struct __align__(2) WARPGRADE_T {
    unsigned short __x;

    WARPGRADE_T() = default;
    WARPGRADE_T(const WARPGRADE_T&) = default;
    __device__ constexpr WARPGRADE_T(const WARPGRADE_RAW& raw) : __x(raw.x) {}
    __device__ WARPGRADE_T(float x) : __x(WARPGRADE_ROUNDED(x)) {}
    __device__ WARPGRADE_T(double x) : __x(WARPGRADE_ROUNDED_DOUBLE(x)) {}
    __device__ WARPGRADE_T(short x) : __x(WARPGRADE_ROUNDED((float)x)) {}
    __device__ WARPGRADE_T(unsigned short x) : __x(WARPGRADE_ROUNDED((float)x)) {}
    __device__ WARPGRADE_T(int x) : __x(WARPGRADE_ROUNDED_DOUBLE((double)x)) {}
    __device__ WARPGRADE_T(unsigned int x) : __x(WARPGRADE_ROUNDED_DOUBLE((double)x)) {}
    __device__ WARPGRADE_T(long x) : __x(WARPGRADE_OF_INTEGER((long long)x, 0)) {}
    __device__ WARPGRADE_T(unsigned long x) : __x(WARPGRADE_OF_INTEGER(false, x, 0)) {}
    __device__ WARPGRADE_T(long long x) : __x(WARPGRADE_OF_INTEGER(x, 0)) {}
    __device__ WARPGRADE_T(unsigned long long x) : __x(WARPGRADE_OF_INTEGER(false, x, 0)) {}

    __device__ operator float() const { return WARPGRADE_WIDENED(__x); }
    __device__ operator WARPGRADE_RAW() const { return WARPGRADE_RAW{__x}; }
    __device__ operator bool() const { return (__x & 0x7fff) != 0; }
    __device__ operator signed char() const { return (signed char)WARPGRADE_WIDENED(__x); }
    __device__ operator unsigned char() const { return (unsigned char)WARPGRADE_WIDENED(__x); }
    __device__ operator short() const { return (short)WARPGRADE_WIDENED(__x); }
    __device__ operator unsigned short() const { return (unsigned short)WARPGRADE_WIDENED(__x); }
    __device__ operator int() const { return (int)WARPGRADE_WIDENED(__x); }
    __device__ operator unsigned int() const { return (unsigned int)WARPGRADE_WIDENED(__x); }
    __device__ operator long long() const { return (long long)WARPGRADE_WIDENED(__x); }
    __device__ operator unsigned long long() const { return (unsigned long long)WARPGRADE_WIDENED(__x); }

    WARPGRADE_T& operator=(const WARPGRADE_T&) = default;
    __device__ WARPGRADE_T& operator=(float x) { return *this = WARPGRADE_T(x); }
    __device__ WARPGRADE_T& operator=(double x) { return *this = WARPGRADE_T(x); }
    __device__ WARPGRADE_T& operator=(int x) { return *this = WARPGRADE_T(x); }
    __device__ WARPGRADE_T& operator=(const WARPGRADE_RAW& raw) {
        __x = raw.x;
        return *this;
    }
};

struct __align__(4) WARPGRADE_T2 {
    WARPGRADE_T x;
    WARPGRADE_T y;

    WARPGRADE_T2() = default;
    WARPGRADE_T2(const WARPGRADE_T2&) = default;
    WARPGRADE_T2& operator=(const WARPGRADE_T2&) = default;
    __device__ constexpr WARPGRADE_T2(const WARPGRADE_T& low, const WARPGRADE_T& high) : x(low), y(high) {}
    __device__ constexpr WARPGRADE_T2(const WARPGRADE_RAW2& raw)
        : x(WARPGRADE_RAW{raw.x}), y(WARPGRADE_RAW{raw.y}) {}
    __device__ operator WARPGRADE_RAW2() const { return WARPGRADE_RAW2{x.__x, y.__x}; }
};

WARPGRADE_16 WARPGRADE_T WARPGRADE_OF_BITS(unsigned short bits) { return WARPGRADE_T(WARPGRADE_RAW{bits}); }
WARPGRADE_16 unsigned int WARPGRADE_BITS2(WARPGRADE_T2 a) { return (unsigned int)a.x.__x | (unsigned int)a.y.__x << 16; }
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_OF_BITS2(unsigned int bits) {
    return WARPGRADE_T2(WARPGRADE_OF_BITS((unsigned short)bits), WARPGRADE_OF_BITS((unsigned short)(bits >> 16)));
}

// ---- conversions ----------------------------------------------------------------------------------------------------

WARPGRADE_16 WARPGRADE_T WARPGRADE_OF_FLOAT(float x) { return WARPGRADE_OF_BITS(WARPGRADE_ROUNDED(x)); }
WARPGRADE_16 WARPGRADE_T WARPGRADE_NAMED(__float2, WARPGRADE_WORD, _rn)(float x) { return WARPGRADE_OF_FLOAT(x); }
WARPGRADE_16 WARPGRADE_T WARPGRADE_NAMED(__double2, WARPGRADE_WORD, )(double x) { return WARPGRADE_T(x); }
WARPGRADE_16 float WARPGRADE_TO_FLOAT(WARPGRADE_T a) { return WARPGRADE_WIDENED(a.__x); }
WARPGRADE_16 short WARPGRADE_NAMED(__, WARPGRADE_WORD, _as_short)(WARPGRADE_T a) { return (short)a.__x; }
WARPGRADE_16 unsigned short WARPGRADE_NAMED(__, WARPGRADE_WORD, _as_ushort)(WARPGRADE_T a) { return a.__x; }
WARPGRADE_16 WARPGRADE_T WARPGRADE_NAMED(__short_as_, WARPGRADE_WORD, )(short bits) {
    return WARPGRADE_OF_BITS((unsigned short)bits);
}

// Integers, in each rounding mode. What does not fit becomes the nearest that does, NaN becomes 0.
#define WARPGRADE_16_INTEGER(integer, T, negative, size, suffix, mode) \
    WARPGRADE_16 WARPGRADE_T WARPGRADE_NAMED(__##integer##2, WARPGRADE_WORD, suffix)(T x) { \
        return WARPGRADE_OF_BITS(WARPGRADE_OF_INTEGER(negative, size, mode)); \
    } \
    WARPGRADE_16 T WARPGRADE_NAMED(__, WARPGRADE_WORD, 2##integer##suffix)(WARPGRADE_T a)
#define WARPGRADE_16_MODE(suffix, mode) \
    WARPGRADE_16_INTEGER(int, int, x < 0, (unsigned long long)(x < 0 ? -(long long)x : x), suffix, mode) { \
        return __float2int##suffix(WARPGRADE_TO_FLOAT(a)); \
    } \
    WARPGRADE_16_INTEGER(uint, unsigned int, false, x, suffix, mode) { return __float2uint##suffix(WARPGRADE_TO_FLOAT(a)); } \
    WARPGRADE_16_INTEGER(short, short, x < 0, (unsigned long long)(x < 0 ? -(int)x : x), suffix, mode) { \
        return (short)max(-32768, min(32767, __float2int##suffix(WARPGRADE_TO_FLOAT(a)))); \
    } \
    WARPGRADE_16_INTEGER(ushort, unsigned short, false, x, suffix, mode) { \
        return (unsigned short)min(65535u, __float2uint##suffix(WARPGRADE_TO_FLOAT(a))); \
    } \
    WARPGRADE_16_INTEGER(ll, long long, x < 0, x < 0 ? 0ull - (unsigned long long)x : (unsigned long long)x, suffix, mode) { \
        return isnan(WARPGRADE_TO_FLOAT(a)) ? 0 : __float2ll##suffix(WARPGRADE_TO_FLOAT(a)); \
    } \
    WARPGRADE_16_INTEGER(ull, unsigned long long, false, x, suffix, mode) { \
        return isnan(WARPGRADE_TO_FLOAT(a)) ? 0 : __float2ull##suffix(WARPGRADE_TO_FLOAT(a)); \
    }
WARPGRADE_16_MODE(_rn, 0)
WARPGRADE_16_MODE(_rz, 1)
WARPGRADE_16_MODE(_rd, 2)
WARPGRADE_16_MODE(_ru, 3)
#undef WARPGRADE_16_MODE
#undef WARPGRADE_16_INTEGER
WARPGRADE_16 signed char WARPGRADE_NAMED(__, WARPGRADE_WORD, 2char_rz)(WARPGRADE_T a) {
    return (signed char)max(-128, min(127, __float2int_rz(WARPGRADE_TO_FLOAT(a))));
}
WARPGRADE_16 unsigned char WARPGRADE_NAMED(__, WARPGRADE_WORD, 2uchar_rz)(WARPGRADE_T a) {
    return (unsigned char)min(255u, __float2uint_rz(WARPGRADE_TO_FLOAT(a)));
}

// Pairs.
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(__halves2, WARPGRADE_WORD2, )(WARPGRADE_T low, WARPGRADE_T high) {
    return WARPGRADE_T2(low, high);
}
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(make_, WARPGRADE_WORD2, )(WARPGRADE_T low, WARPGRADE_T high) {
    return WARPGRADE_T2(low, high);
}
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(WARPGRADE_NAMED(__, WARPGRADE_WORD, 2), WARPGRADE_WORD2, )(WARPGRADE_T a) {
    return WARPGRADE_T2(a, a);
}
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(__float2, WARPGRADE_WORD2, _rn)(float x) {
    return WARPGRADE_T2(WARPGRADE_OF_FLOAT(x), WARPGRADE_OF_FLOAT(x));
}
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(__floats2, WARPGRADE_WORD2, _rn)(float low, float high) {
    unsigned int bits;
    asm("{  cvt.rn" WARPGRADE_SUFFIX "x2.f32 %0, %1, %2;}\n" : "=r"(bits) : "f"(high), "f"(low));
    return WARPGRADE_OF_BITS2(bits);
}
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(__float22, WARPGRADE_WORD2, _rn)(float2 a) {
    return WARPGRADE_NAMED(__floats2, WARPGRADE_WORD2, _rn)(a.x, a.y);
}
WARPGRADE_16 float2 WARPGRADE_NAMED(__, WARPGRADE_WORD2, 2float2)(WARPGRADE_T2 a) {
    return make_float2(WARPGRADE_TO_FLOAT(a.x), WARPGRADE_TO_FLOAT(a.y));
}
WARPGRADE_16 WARPGRADE_T WARPGRADE_NAMED(__low2, WARPGRADE_WORD, )(WARPGRADE_T2 a) { return a.x; }
WARPGRADE_16 WARPGRADE_T WARPGRADE_NAMED(__high2, WARPGRADE_WORD, )(WARPGRADE_T2 a) { return a.y; }
WARPGRADE_16 float __low2float(WARPGRADE_T2 a) { return WARPGRADE_TO_FLOAT(a.x); }
WARPGRADE_16 float __high2float(WARPGRADE_T2 a) { return WARPGRADE_TO_FLOAT(a.y); }
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(__low2, WARPGRADE_WORD2, )(WARPGRADE_T2 a) { return WARPGRADE_T2(a.x, a.x); }
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(__high2, WARPGRADE_WORD2, )(WARPGRADE_T2 a) { return WARPGRADE_T2(a.y, a.y); }
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(__lows2, WARPGRADE_WORD2, )(WARPGRADE_T2 a, WARPGRADE_T2 b) {
    return WARPGRADE_T2(a.x, b.x);
}
WARPGRADE_16 WARPGRADE_T2 WARPGRADE_NAMED(__highs2, WARPGRADE_WORD2, )(WARPGRADE_T2 a, WARPGRADE_T2 b) {
    return WARPGRADE_T2(a.y, b.y);
}
WARPGRADE_16 WARPGRADE_T2 __lowhigh2highlow(WARPGRADE_T2 a) { return WARPGRADE_T2(a.y, a.x); }

#elif WARPGRADE_16_PART == 2

// ---- arithmetic -----------------------------------------------------------------------------------------------------

#define WARPGRADE_16_1(name, name2, op) \
    WARPGRADE_16 WARPGRADE_T name(WARPGRADE_T a) { \
        unsigned short r; \
        asm("{" op WARPGRADE_SUFFIX " %0,%1;}\n" : "=h"(r) : "h"(a.__x)); \
        return WARPGRADE_OF_BITS(r); \
    } \
    WARPGRADE_16 WARPGRADE_T2 name2(WARPGRADE_T2 a) { \
        unsigned int r; \
        asm("{" op WARPGRADE_SUFFIX "x2 %0,%1;}\n" : "=r"(r) : "r"(WARPGRADE_BITS2(a))); \
        return WARPGRADE_OF_BITS2(r); \
    }
#define WARPGRADE_16_2(name, name2, op) \
    WARPGRADE_16 WARPGRADE_T name(WARPGRADE_T a, WARPGRADE_T b) { \
        unsigned short r; \
        asm("{" op WARPGRADE_SUFFIX " %0,%1,%2;}\n" : "=h"(r) : "h"(a.__x), "h"(b.__x)); \
        return WARPGRADE_OF_BITS(r); \
    } \
    WARPGRADE_16 WARPGRADE_T2 name2(WARPGRADE_T2 a, WARPGRADE_T2 b) { \
        unsigned int r; \
        asm("{" op WARPGRADE_SUFFIX "x2 %0,%1,%2;}\n" : "=r"(r) : "r"(WARPGRADE_BITS2(a)), "r"(WARPGRADE_BITS2(b))); \
        return WARPGRADE_OF_BITS2(r); \
    }
#define WARPGRADE_16_3(name, name2, op) \
    WARPGRADE_16 WARPGRADE_T name(WARPGRADE_T a, WARPGRADE_T b, WARPGRADE_T c) { \
        unsigned short r; \
        asm("{" op WARPGRADE_SUFFIX " %0,%1,%2,%3;}\n" : "=h"(r) : "h"(a.__x), "h"(b.__x), "h"(c.__x)); \
        return WARPGRADE_OF_BITS(r); \
    } \
    WARPGRADE_16 WARPGRADE_T2 name2(WARPGRADE_T2 a, WARPGRADE_T2 b, WARPGRADE_T2 c) { \
        unsigned int r; \
        asm("{" op WARPGRADE_SUFFIX "x2 %0,%1,%2,%3;}\n" \
            : "=r"(r) \
            : "r"(WARPGRADE_BITS2(a)), "r"(WARPGRADE_BITS2(b)), "r"(WARPGRADE_BITS2(c))); \
        return WARPGRADE_OF_BITS2(r); \
    }
WARPGRADE_16_1(__hneg, __hneg2, "neg")
WARPGRADE_16_1(__habs, __habs2, "abs")
WARPGRADE_16_2(__hmax, __hmax2, "max")
WARPGRADE_16_2(__hmin, __hmin2, "min")
WARPGRADE_16_2(__hmax_nan, __hmax2_nan, "max.NaN")
WARPGRADE_16_2(__hmin_nan, __hmin2_nan, "min.NaN")
WARPGRADE_16_3(__hfma, __hfma2, "fma.rn")
WARPGRADE_16_3(__hfma_relu, __hfma2_relu, "fma.rn.relu")

#else

WARPGRADE_16 WARPGRADE_T __hdiv(WARPGRADE_T a, WARPGRADE_T b) { return WARPGRADE_OF_FLOAT(WARPGRADE_TO_FLOAT(a) / WARPGRADE_TO_FLOAT(b)); }
WARPGRADE_16 WARPGRADE_T2 __h2div(WARPGRADE_T2 a, WARPGRADE_T2 b) { return WARPGRADE_T2(__hdiv(a.x, b.x), __hdiv(a.y, b.y)); }

#define WARPGRADE_16_BY_FLOAT(name, name2, expression) \
    WARPGRADE_16 WARPGRADE_T name(WARPGRADE_T a) { \
        float x = WARPGRADE_TO_FLOAT(a); \
        return WARPGRADE_OF_FLOAT(expression); \
    } \
    WARPGRADE_16 WARPGRADE_T2 name2(WARPGRADE_T2 a) { return WARPGRADE_T2(name(a.x), name(a.y)); }
WARPGRADE_16_BY_FLOAT(hsqrt, h2sqrt, sqrtf(x))
WARPGRADE_16_BY_FLOAT(hrsqrt, h2rsqrt, rsqrtf(x))
WARPGRADE_16_BY_FLOAT(hrcp, h2rcp, 1.0f / x)
WARPGRADE_16_BY_FLOAT(hexp, h2exp, expf(x))
WARPGRADE_16_BY_FLOAT(hexp2, h2exp2, exp2f(x))
WARPGRADE_16_BY_FLOAT(hexp10, h2exp10, exp10f(x))
WARPGRADE_16_BY_FLOAT(hlog, h2log, logf(x))
WARPGRADE_16_BY_FLOAT(hlog2, h2log2, log2f(x))
WARPGRADE_16_BY_FLOAT(hlog10, h2log10, log10f(x))
WARPGRADE_16_BY_FLOAT(hsin, h2sin, sinf(x))
WARPGRADE_16_BY_FLOAT(hcos, h2cos, cosf(x))
WARPGRADE_16_BY_FLOAT(htanh, h2tanh, tanhf(x))
WARPGRADE_16_BY_FLOAT(htanh_approx, h2tanh_approx, tanhf(x))
WARPGRADE_16_BY_FLOAT(hceil, h2ceil, ceilf(x))
WARPGRADE_16_BY_FLOAT(hfloor, h2floor, floorf(x))
WARPGRADE_16_BY_FLOAT(htrunc, h2trunc, truncf(x))
WARPGRADE_16_BY_FLOAT(hrint, h2rint, rintf(x))
#undef WARPGRADE_16_BY_FLOAT

/// a * b + c of complex numbers whose real part is in x.
WARPGRADE_16 WARPGRADE_T2 __hcmadd(WARPGRADE_T2 a, WARPGRADE_T2 b, WARPGRADE_T2 c) {
    WARPGRADE_T real = __hfma(a.x, b.x, c.x);
    WARPGRADE_T imaginary = __hfma(a.x, b.y, c.y);
    return WARPGRADE_T2(__hfma(__hneg(a.y), b.y, real), __hfma(a.y, b.x, imaginary));
}

// ---- comparisons ----------------------------------------------------------------------------------------------------

// Widening to float is exact, so comparing floats compares halves. A name with u is true if either side is NaN.
WARPGRADE_16 bool __hisnan(WARPGRADE_T a) { return (a.__x & 0x7fff) > WARPGRADE_INFINITY; }
#define WARPGRADE_16_COMPARE(name, expression) \
    WARPGRADE_16 bool __h##name(WARPGRADE_T left, WARPGRADE_T right) { \
        float a = WARPGRADE_TO_FLOAT(left), b = WARPGRADE_TO_FLOAT(right); \
        return expression; \
    } \
    WARPGRADE_16 WARPGRADE_T2 __h##name##2(WARPGRADE_T2 a, WARPGRADE_T2 b) { \
        return WARPGRADE_T2(WARPGRADE_T(__h##name(a.x, b.x) ? 1.0f : 0.0f), WARPGRADE_T(__h##name(a.y, b.y) ? 1.0f : 0.0f)); \
    } \
    WARPGRADE_16 unsigned int __h##name##2_mask(WARPGRADE_T2 a, WARPGRADE_T2 b) { \
        return (__h##name(a.x, b.x) ? 0xffffu : 0) | (__h##name(a.y, b.y) ? 0xffff0000u : 0); \
    } \
    WARPGRADE_16 bool __hb##name##2(WARPGRADE_T2 a, WARPGRADE_T2 b) { return __h##name(a.x, b.x) && __h##name(a.y, b.y); }
WARPGRADE_16_COMPARE(eq, a == b)
WARPGRADE_16_COMPARE(lt, a < b)
WARPGRADE_16_COMPARE(le, a <= b)
WARPGRADE_16_COMPARE(gt, a > b)
WARPGRADE_16_COMPARE(ge, a >= b)
WARPGRADE_16_COMPARE(ne, a < b || a > b)
WARPGRADE_16_COMPARE(equ, !(a < b || a > b))
WARPGRADE_16_COMPARE(ltu, !(a >= b))
WARPGRADE_16_COMPARE(leu, !(a > b))
WARPGRADE_16_COMPARE(gtu, !(a <= b))
WARPGRADE_16_COMPARE(geu, !(a < b))
WARPGRADE_16_COMPARE(neu, a != b)
#undef WARPGRADE_16_COMPARE
WARPGRADE_16 int __hisinf(WARPGRADE_T a) { return a.__x == WARPGRADE_INFINITY ? 1 : a.__x == (WARPGRADE_INFINITY | 0x8000) ? -1 : 0; }
WARPGRADE_16 WARPGRADE_T2 __hisnan2(WARPGRADE_T2 a) {
    return WARPGRADE_T2(WARPGRADE_T(__hisnan(a.x) ? 1.0f : 0.0f), WARPGRADE_T(__hisnan(a.y) ? 1.0f : 0.0f));
}

// ---- operators ------------------------------------------------------------------------------------------------------

#define WARPGRADE_16_OPERATORS(T, suffix, divide) \
    WARPGRADE_16 T operator+(const T& a, const T& b) { return __hadd##suffix(a, b); } \
    WARPGRADE_16 T operator-(const T& a, const T& b) { return __hsub##suffix(a, b); } \
    WARPGRADE_16 T operator*(const T& a, const T& b) { return __hmul##suffix(a, b); } \
    WARPGRADE_16 T operator/(const T& a, const T& b) { return divide(a, b); } \
    WARPGRADE_16 T operator+(const T& a) { return a; } \
    WARPGRADE_16 T operator-(const T& a) { return __hneg##suffix(a); } \
    WARPGRADE_16 T& operator+=(T& a, const T& b) { return a = a + b; } \
    WARPGRADE_16 T& operator-=(T& a, const T& b) { return a = a - b; } \
    WARPGRADE_16 T& operator*=(T& a, const T& b) { return a = a * b; } \
    WARPGRADE_16 T& operator/=(T& a, const T& b) { return a = a / b; }
WARPGRADE_16_OPERATORS(WARPGRADE_T, , __hdiv)
WARPGRADE_16_OPERATORS(WARPGRADE_T2, 2, __h2div)
#undef WARPGRADE_16_OPERATORS
WARPGRADE_16 WARPGRADE_T& operator++(WARPGRADE_T& a) { return a = __hadd(a, WARPGRADE_T(1.0f)); }
WARPGRADE_16 WARPGRADE_T& operator--(WARPGRADE_T& a) { return a = __hsub(a, WARPGRADE_T(1.0f)); }
WARPGRADE_16 bool operator==(const WARPGRADE_T& a, const WARPGRADE_T& b) { return __heq(a, b); }
WARPGRADE_16 bool operator!=(const WARPGRADE_T& a, const WARPGRADE_T& b) { return __hneu(a, b); }
WARPGRADE_16 bool operator<(const WARPGRADE_T& a, const WARPGRADE_T& b) { return __hlt(a, b); }
WARPGRADE_16 bool operator<=(const WARPGRADE_T& a, const WARPGRADE_T& b) { return __hle(a, b); }
WARPGRADE_16 bool operator>(const WARPGRADE_T& a, const WARPGRADE_T& b) { return __hgt(a, b); }
WARPGRADE_16 bool operator>=(const WARPGRADE_T& a, const WARPGRADE_T& b) { return __hge(a, b); }
WARPGRADE_16 WARPGRADE_T operator++(WARPGRADE_T& a, int) {
    WARPGRADE_T old = a;
    ++a;
    return old;
}
WARPGRADE_16 WARPGRADE_T operator--(WARPGRADE_T& a, int) {
    WARPGRADE_T old = a;
    --a;
    return old;
}
WARPGRADE_16 bool operator==(const WARPGRADE_T2& a, const WARPGRADE_T2& b) { return __hbeq2(a, b); }
WARPGRADE_16 bool operator!=(const WARPGRADE_T2& a, const WARPGRADE_T2& b) { return !__hbeq2(a, b); }
WARPGRADE_16 bool operator<(const WARPGRADE_T2& a, const WARPGRADE_T2& b) { return __hblt2(a, b); }
WARPGRADE_16 bool operator<=(const WARPGRADE_T2& a, const WARPGRADE_T2& b) { return __hble2(a, b); }
WARPGRADE_16 bool operator>(const WARPGRADE_T2& a, const WARPGRADE_T2& b) { return __hbgt2(a, b); }
WARPGRADE_16 bool operator>=(const WARPGRADE_T2& a, const WARPGRADE_T2& b) { return __hbge2(a, b); }

// ---- memory and warps -----------------------------------------------------------------------------------------------

#define WARPGRADE_16_LOAD(name) \
    WARPGRADE_16 WARPGRADE_T name(const WARPGRADE_T* a) { return WARPGRADE_OF_BITS(name((const unsigned short*)a)); } \
    WARPGRADE_16 WARPGRADE_T2 name(const WARPGRADE_T2* a) { return WARPGRADE_OF_BITS2(name((const unsigned int*)a)); }
#define WARPGRADE_16_STORE(name) \
    WARPGRADE_16 void name(WARPGRADE_T* to, WARPGRADE_T a) { name((unsigned short*)to, a.__x); } \
    WARPGRADE_16 void name(WARPGRADE_T2* to, WARPGRADE_T2 a) { name((unsigned int*)to, WARPGRADE_BITS2(a)); }
WARPGRADE_16_LOAD(__ldg)
WARPGRADE_16_LOAD(__ldcg)
WARPGRADE_16_LOAD(__ldca)
WARPGRADE_16_LOAD(__ldcs)
WARPGRADE_16_LOAD(__ldlu)
WARPGRADE_16_LOAD(__ldcv)
WARPGRADE_16_STORE(__stwb)
WARPGRADE_16_STORE(__stcg)
WARPGRADE_16_STORE(__stcs)
WARPGRADE_16_STORE(__stwt)
#undef WARPGRADE_16_LOAD
#undef WARPGRADE_16_STORE

#define WARPGRADE_16_SHUFFLE(name, T) \
    WARPGRADE_16 WARPGRADE_T name(unsigned int mask, WARPGRADE_T a, T lane, int width = 32) { \
        return WARPGRADE_OF_BITS((unsigned short)name(mask, (unsigned int)a.__x, lane, width)); \
    } \
    WARPGRADE_16 WARPGRADE_T2 name(unsigned int mask, WARPGRADE_T2 a, T lane, int width = 32) { \
        return WARPGRADE_OF_BITS2(name(mask, WARPGRADE_BITS2(a), lane, width)); \
    }
WARPGRADE_16_SHUFFLE(__shfl_sync, int)
WARPGRADE_16_SHUFFLE(__shfl_up_sync, unsigned int)
WARPGRADE_16_SHUFFLE(__shfl_down_sync, unsigned int)
WARPGRADE_16_SHUFFLE(__shfl_xor_sync, int)
#undef WARPGRADE_16_SHUFFLE

#undef WARPGRADE_16_1
#undef WARPGRADE_16_2
#undef WARPGRADE_16_3
#undef WARPGRADE_T
#undef WARPGRADE_T2
#undef WARPGRADE_RAW
#undef WARPGRADE_RAW2
#undef WARPGRADE_WORD
#undef WARPGRADE_WORD2
#undef WARPGRADE_SUFFIX
#undef WARPGRADE_FRACTION
#undef WARPGRADE_BIAS
#undef WARPGRADE_INFINITY
#undef WARPGRADE_ROUNDED
#undef WARPGRADE_ROUNDED_DOUBLE
#undef WARPGRADE_WIDENED
#undef WARPGRADE_TO_FLOAT
#undef WARPGRADE_OF_FLOAT
#undef WARPGRADE_OF_BITS
#undef WARPGRADE_BITS2
#undef WARPGRADE_OF_BITS2
#undef WARPGRADE_OF_INTEGER
#undef WARPGRADE_NAMED
#undef WARPGRADE_JOINED
#undef WARPGRADE_16

#endif
#undef WARPGRADE_16_PART
