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

// ---- arithmetic, comparisons, operators, shuffles -------------------------------------------------------------------

#define WARPGRADE_T __half
#define WARPGRADE_T2 __half2
#define WARPGRADE_SUFFIX ".f16"
#define WARPGRADE_INFINITY 0x7c00
#define WARPGRADE_TO_FLOAT __half2float
#define WARPGRADE_OF_FLOAT __float2half
#define WARPGRADE_OF_BITS __warpgrade_half
#define WARPGRADE_BITS2 __warpgrade_half2_bits
#define WARPGRADE_OF_BITS2 __warpgrade_half2
#include <warpgrade/sixteen_bits.h>

#define WARPGRADE_16 static __inline__ __device__
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
#undef WARPGRADE_16

#define WARPGRADE_16_PART_2
#include <warpgrade/sixteen_bits.h>
#undef WARPGRADE_16_PART_2

// ---- atomics --------------------------------------------------------------------------------------------------------

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
