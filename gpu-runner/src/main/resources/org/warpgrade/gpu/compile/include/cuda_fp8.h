// The 8-bit formats e4m3 and e5m2: storage, conversions, and types of one, two and four values.
//
// There is no arithmetic, as in CUDA: programs convert to float or half, compute, and convert back. Before compute capability
// 8.9 there are no instructions either, so these are the rules of CUDA's conversions for such GPUs: round once, to nearest
// even; what is too large becomes the largest number (__NV_SATFINITE, which the types use) or NaN in e4m3 and infinity in e5m2
// (__NV_NOSAT); only a NaN that comes from a double keeps its sign.
#ifndef WARPGRADE_CUDA_FP8_H
#define WARPGRADE_CUDA_FP8_H

#include <cuda_bf16.h>
#include <cuda_fp16.h>

#define WARPGRADE_FP8 static __inline__ __device__

typedef unsigned char __nv_fp8_storage_t;
typedef unsigned short int __nv_fp8x2_storage_t;
typedef unsigned int __nv_fp8x4_storage_t;
typedef enum __nv_saturation_t { __NV_NOSAT, __NV_SATFINITE } __nv_saturation_t;
typedef enum __nv_fp8_interpretation_t { __NV_E4M3, __NV_E5M2 } __nv_fp8_interpretation_t;

// ---- to eight bits --------------------------------------------------------------------------------------------------

WARPGRADE_FP8 __nv_fp8_storage_t __nv_cvt_float_to_fp8(float x, __nv_saturation_t saturate, __nv_fp8_interpretation_t kind) {
    const unsigned int fraction = kind == __NV_E5M2 ? 2 : 3;
    const int bias = kind == __NV_E5M2 ? 15 : 7;
    const unsigned int largest = kind == __NV_E5M2 ? 0x7b : 0x7e;
    unsigned int bits = __float_as_uint(x);
    unsigned int size = bits & 0x7fffffff;
    if (size > 0x7f800000) return 0x7f;
    // an infinity is like the largest float; below the smallest normal number the distance between numbers stays the same
    size = min(size, 0x7f7fffffu);
    int exponent = max((int)(size >> 23) - 127, 1 - bias);
    float distances = __uint_as_float(size) * __uint_as_float((unsigned int)(127 + (int)fraction - exponent) << 23);
    unsigned int code = ((unsigned int)(exponent + bias - 1) << fraction) + __float2uint_rn(distances);
    // behind the largest number follows the NaN of e4m3 or the infinity of e5m2
    if (code > largest) code = saturate == __NV_SATFINITE ? largest : largest + 1;
    return (__nv_fp8_storage_t)(code | (bits >> 24 & 0x80));
}
WARPGRADE_FP8 __nv_fp8_storage_t __nv_cvt_double_to_fp8(double x, __nv_saturation_t saturate, __nv_fp8_interpretation_t kind) {
    unsigned long long bits = (unsigned long long)__double_as_longlong(x);
    if ((bits & 0x7fffffffffffffffull) > 0x7ff0000000000000ull) {
        unsigned int code = kind == __NV_E5M2 ? 0x7e | (unsigned int)(bits >> 50 & 1) : 0x7f;
        return (__nv_fp8_storage_t)(code | (unsigned int)(bits >> 56 & 0x80));
    }
    // rounding to odd on the way keeps the second rounding from seeing a tie that is none
    float toZero = __double2float_rz(x);
    if ((double)toZero != x) toZero = __uint_as_float(__float_as_uint(toZero) | 1u);
    return __nv_cvt_float_to_fp8(toZero, saturate, kind);
}
WARPGRADE_FP8 __nv_fp8_storage_t __nv_cvt_halfraw_to_fp8(
    __half_raw x, __nv_saturation_t saturate, __nv_fp8_interpretation_t kind) {
    return __nv_cvt_float_to_fp8(__half2float(x), saturate, kind);
}
WARPGRADE_FP8 __nv_fp8_storage_t __nv_cvt_bfloat16raw_to_fp8(
    __nv_bfloat16_raw x, __nv_saturation_t saturate, __nv_fp8_interpretation_t kind) {
    return __nv_cvt_float_to_fp8(__bfloat162float(x), saturate, kind);
}

// Of two values the first is the low one.
#define WARPGRADE_FP8_PAIR(name, T2, single, first, second) \
    WARPGRADE_FP8 __nv_fp8x2_storage_t name(T2 x, __nv_saturation_t saturate, __nv_fp8_interpretation_t kind) { \
        return (__nv_fp8x2_storage_t)(single(first, saturate, kind) | single(second, saturate, kind) << 8); \
    }
WARPGRADE_FP8_PAIR(__nv_cvt_float2_to_fp8x2, float2, __nv_cvt_float_to_fp8, x.x, x.y)
WARPGRADE_FP8_PAIR(__nv_cvt_double2_to_fp8x2, double2, __nv_cvt_double_to_fp8, x.x, x.y)
WARPGRADE_FP8_PAIR(
    __nv_cvt_halfraw2_to_fp8x2, __half2_raw, __nv_cvt_halfraw_to_fp8, __half_raw{x.x}, __half_raw{x.y})
WARPGRADE_FP8_PAIR(
    __nv_cvt_bfloat16raw2_to_fp8x2, __nv_bfloat162_raw, __nv_cvt_bfloat16raw_to_fp8,
    __nv_bfloat16_raw{x.x}, __nv_bfloat16_raw{x.y})
#undef WARPGRADE_FP8_PAIR

// ---- from eight bits ------------------------------------------------------------------------------------------------

/// Every number of both formats is a half.
WARPGRADE_FP8 __half_raw __nv_cvt_fp8_to_halfraw(__nv_fp8_storage_t x, __nv_fp8_interpretation_t kind) {
    if ((x & 0x7f) > (kind == __NV_E5M2 ? 0x7c : 0x7e)) return __half_raw{0x7fff};
    if (kind == __NV_E5M2) return __half_raw{(unsigned short)(x << 8)};
    // the exponents of halves start 8 lower
    return __hmul(__ushort_as_half((unsigned short)((x & 0x80) << 8 | (x & 0x7f) << 7)), __ushort_as_half(0x5c00));
}
WARPGRADE_FP8 __half2_raw __nv_cvt_fp8x2_to_halfraw2(__nv_fp8x2_storage_t x, __nv_fp8_interpretation_t kind) {
    return __half2_raw{
        __nv_cvt_fp8_to_halfraw((__nv_fp8_storage_t)x, kind).x, __nv_cvt_fp8_to_halfraw((__nv_fp8_storage_t)(x >> 8), kind).x};
}
WARPGRADE_FP8 float2 __warpgrade_fp8x2_float2(__nv_fp8x2_storage_t x, __nv_fp8_interpretation_t kind) {
    return __half22float2(__nv_cvt_fp8x2_to_halfraw2(x, kind));
}

// ---- types ----------------------------------------------------------------------------------------------------------

#define WARPGRADE_FP8_OF(name, T, convert) \
    __device__ explicit name(T x) : __x(convert) {}
#define WARPGRADE_FP8_TO(T, convert) \
    __device__ explicit operator T() const { return convert; }

// Integers too large or too small become the nearest there is. A NaN becomes 0, or 2^63 where there are 64 bits.
#define WARPGRADE_FP8_WIDE(T, convert) \
    WARPGRADE_FP8_TO(T, __half_raw(__half(*this)).x == 0x7fff ? (T)0x8000000000000000ull : (T)convert(float(*this)))

#define WARPGRADE_FP8_TYPES(format, kind) \
    struct __align__(1) __nv_fp8_##format { \
        __nv_fp8_storage_t __x; \
        __nv_fp8_##format() = default; \
        WARPGRADE_FP8_OF(__nv_fp8_##format, __half, __nv_cvt_halfraw_to_fp8(x, __NV_SATFINITE, kind)) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, __nv_bfloat16, __nv_cvt_bfloat16raw_to_fp8(x, __NV_SATFINITE, kind)) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, float, __nv_cvt_float_to_fp8(x, __NV_SATFINITE, kind)) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, double, __nv_cvt_double_to_fp8(x, __NV_SATFINITE, kind)) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, unsigned short, __nv_fp8_##format((float)x).__x) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, unsigned int, __nv_fp8_##format((float)x).__x) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, unsigned long, __nv_fp8_##format((float)x).__x) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, unsigned long long, __nv_fp8_##format((float)x).__x) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, short, __nv_fp8_##format((float)x).__x) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, int, __nv_fp8_##format((float)x).__x) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, long, __nv_fp8_##format((float)x).__x) \
        WARPGRADE_FP8_OF(__nv_fp8_##format, long long, __nv_fp8_##format((float)x).__x) \
        WARPGRADE_FP8_TO(__half, __nv_cvt_fp8_to_halfraw(__x, kind)) \
        WARPGRADE_FP8_TO(float, __half2float(__nv_cvt_fp8_to_halfraw(__x, kind))) \
        WARPGRADE_FP8_TO(__nv_bfloat16, (__nv_bfloat16_raw{(unsigned short)(__float_as_uint(float(*this)) >> 16)})) \
        WARPGRADE_FP8_TO(double, (double)float(*this)) \
        WARPGRADE_FP8_TO(unsigned char, __half2uchar_rz(__half(*this))) \
        WARPGRADE_FP8_TO(unsigned short, __half2ushort_rz(__half(*this))) \
        WARPGRADE_FP8_TO(unsigned int, __half2uint_rz(__half(*this))) \
        WARPGRADE_FP8_WIDE(unsigned long, __float2ull_rz) \
        WARPGRADE_FP8_WIDE(unsigned long long, __float2ull_rz) \
        WARPGRADE_FP8_TO(signed char, __half2char_rz(__half(*this))) \
        WARPGRADE_FP8_TO(char, (char)__half2char_rz(__half(*this))) \
        WARPGRADE_FP8_TO(short, __half2short_rz(__half(*this))) \
        WARPGRADE_FP8_TO(int, __half2int_rz(__half(*this))) \
        WARPGRADE_FP8_WIDE(long, __float2ll_rz) \
        WARPGRADE_FP8_WIDE(long long, __float2ll_rz) \
        WARPGRADE_FP8_TO(bool, (__x & 0x7f) != 0) \
    }; \
    struct __align__(2) __nv_fp8x2_##format { \
        __nv_fp8x2_storage_t __x; \
        __nv_fp8x2_##format() = default; \
        WARPGRADE_FP8_OF(__nv_fp8x2_##format, __half2, __nv_cvt_halfraw2_to_fp8x2(x, __NV_SATFINITE, kind)) \
        WARPGRADE_FP8_OF(__nv_fp8x2_##format, __nv_bfloat162, __nv_cvt_bfloat16raw2_to_fp8x2(x, __NV_SATFINITE, kind)) \
        WARPGRADE_FP8_OF(__nv_fp8x2_##format, float2, __nv_cvt_float2_to_fp8x2(x, __NV_SATFINITE, kind)) \
        WARPGRADE_FP8_OF(__nv_fp8x2_##format, double2, __nv_cvt_double2_to_fp8x2(x, __NV_SATFINITE, kind)) \
        WARPGRADE_FP8_TO(__half2, __nv_cvt_fp8x2_to_halfraw2(__x, kind)) \
        WARPGRADE_FP8_TO(float2, __warpgrade_fp8x2_float2(__x, kind)) \
    }; \
    struct __align__(4) __nv_fp8x4_##format { \
        __nv_fp8x4_storage_t __x; \
        __nv_fp8x4_##format() = default; \
        __device__ explicit __nv_fp8x4_##format(__half2 low, __half2 high) \
            : __x(__nv_fp8x2_##format(low).__x | (__nv_fp8x4_storage_t)__nv_fp8x2_##format(high).__x << 16) {} \
        __device__ explicit __nv_fp8x4_##format(__nv_bfloat162 low, __nv_bfloat162 high) \
            : __x(__nv_fp8x2_##format(low).__x | (__nv_fp8x4_storage_t)__nv_fp8x2_##format(high).__x << 16) {} \
        __device__ explicit __nv_fp8x4_##format(float4 x) \
            : __x(__nv_fp8x2_##format(make_float2(x.x, x.y)).__x \
                  | (__nv_fp8x4_storage_t)__nv_fp8x2_##format(make_float2(x.z, x.w)).__x << 16) {} \
        __device__ explicit __nv_fp8x4_##format(double4 x) \
            : __x(__nv_fp8x2_##format(make_double2(x.x, x.y)).__x \
                  | (__nv_fp8x4_storage_t)__nv_fp8x2_##format(make_double2(x.z, x.w)).__x << 16) {} \
        __device__ explicit operator float4() const { \
            float2 low = __warpgrade_fp8x2_float2((__nv_fp8x2_storage_t)__x, kind); \
            float2 high = __warpgrade_fp8x2_float2((__nv_fp8x2_storage_t)(__x >> 16), kind); \
            return make_float4(low.x, low.y, high.x, high.y); \
        } \
    };
WARPGRADE_FP8_TYPES(e4m3, __NV_E4M3)
WARPGRADE_FP8_TYPES(e5m2, __NV_E5M2)

#undef WARPGRADE_FP8_TYPES
#undef WARPGRADE_FP8_WIDE
#undef WARPGRADE_FP8_TO
#undef WARPGRADE_FP8_OF
#undef WARPGRADE_FP8

#endif
