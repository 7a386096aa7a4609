// Constants; NVRTC itself declares the functions.
#ifndef WARPGRADE_MATH_H
#define WARPGRADE_MATH_H

#define M_E 2.7182818284590452354
#define M_LOG2E 1.4426950408889634074
#define M_LOG10E 0.43429448190325182765
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_1_PI 0.31830988618379067154
#define M_2_PI 0.63661977236758134308
#define M_2_SQRTPI 1.12837916709551257390
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.70710678118654752440

#define INFINITY (__builtin_bit_cast(float, 0x7f800000))
#define NAN (__builtin_bit_cast(float, 0x7fc00000))
#define HUGE_VALF INFINITY
#define HUGE_VAL (__builtin_bit_cast(double, 0x7ff0000000000000LL))

// C++ computes functions of integers, and of mixed arguments, in double; NVRTC would call them ambiguous.
template <class T> struct __warpgrade_integer {};
template <> struct __warpgrade_integer<char> { using in_double = double; };
template <> struct __warpgrade_integer<signed char> { using in_double = double; };
template <> struct __warpgrade_integer<unsigned char> { using in_double = double; };
template <> struct __warpgrade_integer<short> { using in_double = double; };
template <> struct __warpgrade_integer<unsigned short> { using in_double = double; };
template <> struct __warpgrade_integer<int> { using in_double = double; };
template <> struct __warpgrade_integer<unsigned int> { using in_double = double; };
template <> struct __warpgrade_integer<long> { using in_double = double; };
template <> struct __warpgrade_integer<unsigned long> { using in_double = double; };
template <> struct __warpgrade_integer<long long> { using in_double = double; };
template <> struct __warpgrade_integer<unsigned long long> { using in_double = double; };

#define WARPGRADE_OF_INTEGER(name) \
    template <class T> \
    static __inline__ __device__ typename __warpgrade_integer<T>::in_double name(T x) { \
        return name((double)x); \
    }
WARPGRADE_OF_INTEGER(acos)
WARPGRADE_OF_INTEGER(acosh)
WARPGRADE_OF_INTEGER(asin)
WARPGRADE_OF_INTEGER(asinh)
WARPGRADE_OF_INTEGER(atan)
WARPGRADE_OF_INTEGER(atanh)
WARPGRADE_OF_INTEGER(cbrt)
WARPGRADE_OF_INTEGER(ceil)
WARPGRADE_OF_INTEGER(cos)
WARPGRADE_OF_INTEGER(cosh)
WARPGRADE_OF_INTEGER(erf)
WARPGRADE_OF_INTEGER(erfc)
WARPGRADE_OF_INTEGER(exp)
WARPGRADE_OF_INTEGER(exp2)
WARPGRADE_OF_INTEGER(expm1)
WARPGRADE_OF_INTEGER(fabs)
WARPGRADE_OF_INTEGER(floor)
WARPGRADE_OF_INTEGER(log)
WARPGRADE_OF_INTEGER(log10)
WARPGRADE_OF_INTEGER(log1p)
WARPGRADE_OF_INTEGER(log2)
WARPGRADE_OF_INTEGER(rint)
WARPGRADE_OF_INTEGER(round)
WARPGRADE_OF_INTEGER(sin)
WARPGRADE_OF_INTEGER(sinh)
WARPGRADE_OF_INTEGER(sqrt)
WARPGRADE_OF_INTEGER(tan)
WARPGRADE_OF_INTEGER(tanh)
WARPGRADE_OF_INTEGER(trunc)
#undef WARPGRADE_OF_INTEGER

#define WARPGRADE_OF_TWO(name) \
    template <class T> \
    static __inline__ __device__ typename __warpgrade_integer<T>::in_double name(T x, double y) { \
        return name((double)x, y); \
    } \
    template <class T> \
    static __inline__ __device__ typename __warpgrade_integer<T>::in_double name(T x, float y) { \
        return name((double)x, (double)y); \
    } \
    template <class T, class U> \
    static __inline__ __device__ typename __warpgrade_integer<T>::in_double name( \
        T x, U y, typename __warpgrade_integer<U>::in_double = 0) { \
        return name((double)x, (double)y); \
    } \
    template <class T> \
    static __inline__ __device__ typename __warpgrade_integer<T>::in_double name(double x, T y) { \
        return name(x, (double)y); \
    } \
    static __inline__ __device__ double name(float x, double y) { return name((double)x, y); } \
    static __inline__ __device__ double name(double x, float y) { return name(x, (double)y); }
WARPGRADE_OF_TWO(pow)
WARPGRADE_OF_TWO(fmax)
WARPGRADE_OF_TWO(fmin)
WARPGRADE_OF_TWO(fmod)
#undef WARPGRADE_OF_TWO

#define WARPGRADE_OF_FLOAT_AND_INTEGER(name) \
    template <class T> \
    static __inline__ __device__ typename __warpgrade_integer<T>::in_double name(float x, T y) { \
        return name((double)x, (double)y); \
    }
WARPGRADE_OF_FLOAT_AND_INTEGER(fmax)
WARPGRADE_OF_FLOAT_AND_INTEGER(fmin)
WARPGRADE_OF_FLOAT_AND_INTEGER(fmod)
#undef WARPGRADE_OF_FLOAT_AND_INTEGER

#endif
