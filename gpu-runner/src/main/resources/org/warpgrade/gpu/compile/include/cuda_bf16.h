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

// ---- arithmetic, comparisons, operators, shuffles -------------------------------------------------------------------

#define WARPGRADE_T __nv_bfloat16
#define WARPGRADE_T2 __nv_bfloat162
#define WARPGRADE_SUFFIX ".bf16"
#define WARPGRADE_INFINITY 0x7f80
#define WARPGRADE_TO_FLOAT __bfloat162float
#define WARPGRADE_OF_FLOAT __float2bfloat16
#define WARPGRADE_OF_BITS __warpgrade_bf16
#define WARPGRADE_BITS2 __warpgrade_bf162_bits
#define WARPGRADE_OF_BITS2 __warpgrade_bf162
#include <warpgrade/sixteen_bits.h>

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

#define WARPGRADE_16_PART_2
#include <warpgrade/sixteen_bits.h>
#undef WARPGRADE_16_PART_2

// ---- atomics --------------------------------------------------------------------------------------------------------

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
