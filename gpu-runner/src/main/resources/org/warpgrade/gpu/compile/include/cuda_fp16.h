// half and half2: storage, conversions, arithmetic, comparisons, warp shuffles and atomics.
//
// Arithmetic is one PTX instruction each, as in CUDA. Functions without an instruction of their own (division, exp, sin, ...)
// are computed in float and rounded once; for +, -, *, / and sqrt that is the same as rounding the exact result.
#ifndef WARPGRADE_CUDA_FP16_H
#define WARPGRADE_CUDA_FP16_H

#define WARPGRADE_HALF static __inline__ __device__

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

#define WARPGRADE_T __half
#define WARPGRADE_T2 __half2
#define WARPGRADE_RAW __half_raw
#define WARPGRADE_RAW2 __half2_raw
#define WARPGRADE_WORD half
#define WARPGRADE_WORD2 half2
#define WARPGRADE_SUFFIX ".f16"
#define WARPGRADE_FRACTION 10
#define WARPGRADE_BIAS 15
#define WARPGRADE_INFINITY 0x7c00
#define WARPGRADE_ROUNDED __warpgrade_half_rn
#define WARPGRADE_ROUNDED_DOUBLE __warpgrade_half_of_double
#define WARPGRADE_WIDENED __warpgrade_half_float
#define WARPGRADE_16_PART 1
#include <warpgrade/sixteen_bits.h>

typedef __half half;
typedef __half2 half2;
typedef __half __nv_half;
typedef __half2 __nv_half2;

#define WARPGRADE_HALF_ROUNDED(name, mode) \
    WARPGRADE_HALF __half name(float x) { \
        unsigned short bits; \
        asm("{  cvt." mode ".f16.f32 %0, %1;}\n" : "=h"(bits) : "f"(x)); \
        return __ushort_as_half(bits); \
    }
WARPGRADE_HALF_ROUNDED(__float2half_rz, "rz")
WARPGRADE_HALF_ROUNDED(__float2half_rd, "rm")
WARPGRADE_HALF_ROUNDED(__float2half_ru, "rp")
#undef WARPGRADE_HALF_ROUNDED

#define WARPGRADE_16_PART 2
#include <warpgrade/sixteen_bits.h>
WARPGRADE_16_2(__hadd, __hadd2, "add")
WARPGRADE_16_2(__hsub, __hsub2, "sub")
WARPGRADE_16_2(__hmul, __hmul2, "mul")
WARPGRADE_16_2(__hadd_rn, __hadd2_rn, "add.rn")
WARPGRADE_16_2(__hsub_rn, __hsub2_rn, "sub.rn")
WARPGRADE_16_2(__hmul_rn, __hmul2_rn, "mul.rn")
WARPGRADE_16_2(__hadd_sat, __hadd2_sat, "add.sat")
WARPGRADE_16_2(__hsub_sat, __hsub2_sat, "sub.sat")
WARPGRADE_16_2(__hmul_sat, __hmul2_sat, "mul.sat")
WARPGRADE_16_3(__hfma_sat, __hfma2_sat, "fma.rn.sat")
#define WARPGRADE_16_PART 3
#include <warpgrade/sixteen_bits.h>

// ---- atomics --------------------------------------------------------------------------------------------------------

WARPGRADE_HALF __half atomicAdd(__half* address, __half a) {
    unsigned short old;
    asm volatile("{ atom.add.noftz.f16 %0,[%1],%2;}\n" : "=h"(old) : "l"(address), "h"(a.__x) : "memory");
    return __ushort_as_half(old);
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
