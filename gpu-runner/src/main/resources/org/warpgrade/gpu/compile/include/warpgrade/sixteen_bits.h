// What half and bfloat16 have in common, in two parts: included by cuda_fp16.h and by cuda_bf16.h, not by programs.
//
// They define WARPGRADE_T and WARPGRADE_T2 (the types), WARPGRADE_SUFFIX (of PTX instructions), WARPGRADE_INFINITY (bits), and
// the conversions WARPGRADE_TO_FLOAT, WARPGRADE_OF_FLOAT, WARPGRADE_OF_BITS, WARPGRADE_BITS2 and WARPGRADE_OF_BITS2. Between
// the two parts they define __hadd, __hsub and __hmul.
#define WARPGRADE_16 static __inline__ __device__
#ifndef WARPGRADE_16_PART_2

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
WARPGRADE_16_BY_FLOAT(hceil, h2ceil, ceilf(x))
WARPGRADE_16_BY_FLOAT(hfloor, h2floor, floorf(x))
WARPGRADE_16_BY_FLOAT(htrunc, h2trunc, truncf(x))
WARPGRADE_16_BY_FLOAT(hrint, h2rint, rintf(x))
#undef WARPGRADE_16_BY_FLOAT

// ---- comparisons ----------------------------------------------------------------------------------------------------

// Widening to float is exact, so comparing floats compares halves. A name with u is true if either side is NaN.
#define WARPGRADE_16_COMPARE(name, op) \
    WARPGRADE_16 bool __h##name(WARPGRADE_T a, WARPGRADE_T b) { return WARPGRADE_TO_FLOAT(a) op WARPGRADE_TO_FLOAT(b); } \
    WARPGRADE_16 WARPGRADE_T2 __h##name##2(WARPGRADE_T2 a, WARPGRADE_T2 b) { \
        return WARPGRADE_T2(WARPGRADE_T(__h##name(a.x, b.x) ? 1.0f : 0.0f), WARPGRADE_T(__h##name(a.y, b.y) ? 1.0f : 0.0f)); \
    } \
    WARPGRADE_16 bool __hb##name##2(WARPGRADE_T2 a, WARPGRADE_T2 b) { return __h##name(a.x, b.x) && __h##name(a.y, b.y); }
#define WARPGRADE_16_COMPARE_UNORDERED(name, opposite) \
    WARPGRADE_16 bool __h##name##u(WARPGRADE_T a, WARPGRADE_T b) { return !(WARPGRADE_TO_FLOAT(a) opposite WARPGRADE_TO_FLOAT(b)); }
WARPGRADE_16_COMPARE(eq, ==)
WARPGRADE_16_COMPARE(lt, <)
WARPGRADE_16_COMPARE(le, <=)
WARPGRADE_16_COMPARE(gt, >)
WARPGRADE_16_COMPARE(ge, >=)
WARPGRADE_16 bool __hneu(WARPGRADE_T a, WARPGRADE_T b) { return WARPGRADE_TO_FLOAT(a) != WARPGRADE_TO_FLOAT(b); }
WARPGRADE_16 bool __hisnan(WARPGRADE_T a) { return (a.__x & 0x7fff) > WARPGRADE_INFINITY; }
WARPGRADE_16 bool __hne(WARPGRADE_T a, WARPGRADE_T b) { return !__hisnan(a) && !__hisnan(b) && __hneu(a, b); }
WARPGRADE_16 int __hisinf(WARPGRADE_T a) { return a.__x == WARPGRADE_INFINITY ? 1 : a.__x == (WARPGRADE_INFINITY | 0x8000) ? -1 : 0; }
WARPGRADE_16_COMPARE_UNORDERED(lt, >=)
WARPGRADE_16_COMPARE_UNORDERED(le, >)
WARPGRADE_16_COMPARE_UNORDERED(gt, <=)
WARPGRADE_16_COMPARE_UNORDERED(ge, <)
#undef WARPGRADE_16_COMPARE
#undef WARPGRADE_16_COMPARE_UNORDERED
WARPGRADE_16 bool __hequ(WARPGRADE_T a, WARPGRADE_T b) { return __hisnan(a) || __hisnan(b) || __heq(a, b); }

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
WARPGRADE_16 bool operator==(const WARPGRADE_T2& a, const WARPGRADE_T2& b) { return __hbeq2(a, b); }

// ---- memory and warps -----------------------------------------------------------------------------------------------

WARPGRADE_16 WARPGRADE_T __ldg(const WARPGRADE_T* a) { return WARPGRADE_OF_BITS(__ldg((const unsigned short*)a)); }
WARPGRADE_16 WARPGRADE_T2 __ldg(const WARPGRADE_T2* a) { return WARPGRADE_OF_BITS2(__ldg((const unsigned int*)a)); }

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
#undef WARPGRADE_SUFFIX
#undef WARPGRADE_INFINITY
#undef WARPGRADE_TO_FLOAT
#undef WARPGRADE_OF_FLOAT
#undef WARPGRADE_OF_BITS
#undef WARPGRADE_BITS2
#undef WARPGRADE_OF_BITS2

#endif
#undef WARPGRADE_16
