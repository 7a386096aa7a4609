// __nv_bfloat16 and __nv_bfloat162: storage, conversions, arithmetic, comparisons, warp shuffles and atomics.
//
// Before compute capability 9.0 the only arithmetic instruction is fma, so a + b is fma(a, 1, b), a - b is fma(b, -1, a) and
// a * b is fma(a, b, -0), each rounded once, as in CUDA.
#ifndef WARPGRADE_CUDA_BF16_H
#define WARPGRADE_CUDA_BF16_H

#define WARPGRADE_BF16 static __inline__ __device__

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

#define WARPGRADE_T __nv_bfloat16
#define WARPGRADE_T2 __nv_bfloat162
#define WARPGRADE_RAW __nv_bfloat16_raw
#define WARPGRADE_RAW2 __nv_bfloat162_raw
#define WARPGRADE_WORD bfloat16
#define WARPGRADE_WORD2 bfloat162
#define WARPGRADE_SUFFIX ".bf16"
#define WARPGRADE_FRACTION 7
#define WARPGRADE_BIAS 127
#define WARPGRADE_INFINITY 0x7f80
#define WARPGRADE_ROUNDED __warpgrade_bf16_rn
#define WARPGRADE_ROUNDED_DOUBLE __warpgrade_bf16_of_double
#define WARPGRADE_WIDENED __warpgrade_bf16_float
#define WARPGRADE_16_PART 1
#include <warpgrade/sixteen_bits.h>

typedef __nv_bfloat16 nv_bfloat16;
typedef __nv_bfloat162 nv_bfloat162;

/// Cut off, and one step further where the rest was not zero.
WARPGRADE_BF16 __nv_bfloat16 __warpgrade_bf16_towards(float x, bool negative) {
    unsigned int bits = __float_as_uint(x);
    bool further = (bits & 0xffff) != 0 && (x < 0) == negative;
    return __ushort_as_bfloat16(isnan(x) ? 0x7fff : (unsigned short)((bits >> 16) + further));
}
WARPGRADE_BF16 __nv_bfloat16 __float2bfloat16_rd(float x) { return __warpgrade_bf16_towards(x, true); }
WARPGRADE_BF16 __nv_bfloat16 __float2bfloat16_ru(float x) { return __warpgrade_bf16_towards(x, false); }
WARPGRADE_BF16 __nv_bfloat16 __float2bfloat16_rz(float x) {
    return __ushort_as_bfloat16(isnan(x) ? 0x7fff : (unsigned short)(__float_as_uint(x) >> 16));
}

#define WARPGRADE_16_PART 2
#include <warpgrade/sixteen_bits.h>

#define WARPGRADE_BF16_BY_FMA(name, a1, b1, c1) \
    WARPGRADE_BF16 __nv_bfloat16 name(__nv_bfloat16 a, __nv_bfloat16 b) { \
        const __nv_bfloat16 one = __ushort_as_bfloat16(0x3f80), minusOne = __ushort_as_bfloat16(0xbf80); \
        const __nv_bfloat16 minusZero = __ushort_as_bfloat16(0x8000); \
        (void)one, (void)minusOne, (void)minusZero; \
        return __hfma(a1, b1, c1); \
    } \
    WARPGRADE_BF16 __nv_bfloat162 name##2(__nv_bfloat162 a, __nv_bfloat162 b) { \
        const __nv_bfloat162 one = __warpgrade_bfloat162(0x3f803f80u), minusOne = __warpgrade_bfloat162(0xbf80bf80u); \
        const __nv_bfloat162 minusZero = __warpgrade_bfloat162(0x80008000u); \
        (void)one, (void)minusOne, (void)minusZero; \
        return __hfma2(a1, b1, c1); \
    }
WARPGRADE_BF16_BY_FMA(__hadd, a, one, b)
WARPGRADE_BF16_BY_FMA(__hsub, b, minusOne, a)
WARPGRADE_BF16_BY_FMA(__hmul, a, b, minusZero)
#undef WARPGRADE_BF16_BY_FMA

#define WARPGRADE_BF16_VARIANTS(name) \
    WARPGRADE_BF16 __nv_bfloat16 name##_rn(__nv_bfloat16 a, __nv_bfloat16 b) { return name(a, b); } \
    WARPGRADE_BF16 __nv_bfloat162 name##2_rn(__nv_bfloat162 a, __nv_bfloat162 b) { return name##2(a, b); } \
    WARPGRADE_BF16 __nv_bfloat16 name##_sat(__nv_bfloat16 a, __nv_bfloat16 b) { \
        return __float2bfloat16(__saturatef(__bfloat162float(name(a, b)))); \
    } \
    WARPGRADE_BF16 __nv_bfloat162 name##2_sat(__nv_bfloat162 a, __nv_bfloat162 b) { \
        return __nv_bfloat162(name##_sat(a.x, b.x), name##_sat(a.y, b.y)); \
    }
WARPGRADE_BF16_VARIANTS(__hadd)
WARPGRADE_BF16_VARIANTS(__hsub)
WARPGRADE_BF16_VARIANTS(__hmul)
#undef WARPGRADE_BF16_VARIANTS
WARPGRADE_BF16 __nv_bfloat16 __hfma_sat(__nv_bfloat16 a, __nv_bfloat16 b, __nv_bfloat16 c) {
    return __float2bfloat16(__saturatef(__bfloat162float(__hfma(a, b, c))));
}
WARPGRADE_BF16 __nv_bfloat162 __hfma2_sat(__nv_bfloat162 a, __nv_bfloat162 b, __nv_bfloat162 c) {
    return __nv_bfloat162(__hfma_sat(a.x, b.x, c.x), __hfma_sat(a.y, b.y, c.y));
}

#define WARPGRADE_16_PART 3
#include <warpgrade/sixteen_bits.h>

// ---- atomics --------------------------------------------------------------------------------------------------------

WARPGRADE_BF16 __nv_bfloat16 atomicAdd(__nv_bfloat16* address, __nv_bfloat16 a) {
    unsigned short* word = (unsigned short*)address;
    unsigned short seen = *(volatile unsigned short*)word;
    unsigned short old;
    do {
        old = seen;
        seen = atomicCAS(word, old, __hadd(__ushort_as_bfloat16(old), a).__x);
    } while (seen != old);
    return __ushort_as_bfloat16(old);
}
WARPGRADE_BF16 __nv_bfloat162 atomicAdd(__nv_bfloat162* address, __nv_bfloat162 a) {
    unsigned int* word = (unsigned int*)address;
    unsigned int seen = *(volatile unsigned int*)word;
    unsigned int old;
    do {
        old = seen;
        seen = atomicCAS(word, old, __warpgrade_bfloat162_bits(__hadd2(__warpgrade_bfloat162(old), a)));
    } while (seen != old);
    return __warpgrade_bfloat162(old);
}

#define CUDART_INF_BF16 __ushort_as_bfloat16((unsigned short)0x7F80U)
#define CUDART_NAN_BF16 __ushort_as_bfloat16((unsigned short)0x7FFFU)
#define CUDART_MAX_NORMAL_BF16 __ushort_as_bfloat16((unsigned short)0x7F7FU)
#define CUDART_ONE_BF16 __ushort_as_bfloat16((unsigned short)0x3F80U)
#define CUDART_ZERO_BF16 __ushort_as_bfloat16((unsigned short)0x0000U)
#define CUDART_NEG_ZERO_BF16 __ushort_as_bfloat16((unsigned short)0x8000U)

#undef WARPGRADE_BF16

#endif
