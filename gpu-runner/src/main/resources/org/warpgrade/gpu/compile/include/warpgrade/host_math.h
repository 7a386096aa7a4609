// The mathematics of the host under the names that calls in host functions get: see HostMath. Computed in double, and rounded
// once for float.
#ifndef WARPGRADE_HOST_MATH_H
#define WARPGRADE_HOST_MATH_H

#include <math.h>

#define WARPGRADE_HOST_1(name, function) \
    extern "C" __device__ double __warpgrade_host_##function(double); \
    static __inline__ __device__ double name(double x) { return __warpgrade_host_##function(x); } \
    static __inline__ __device__ float name(float x) { return (float)__warpgrade_host_##function(x); } \
    static __inline__ __device__ float name##f(float x) { return (float)__warpgrade_host_##function(x); } \
    template <class T> \
    static __inline__ __device__ typename __warpgrade_integer<T>::in_double name(T x) { \
        return __warpgrade_host_##function((double)x); \
    }
WARPGRADE_HOST_1(_cos, acos)
WARPGRADE_HOST_1(_sin, asin)
WARPGRADE_HOST_1(_tan, atan)
WARPGRADE_HOST_1(_brt, cbrt)
WARPGRADE_HOST_1(_os, cos)
WARPGRADE_HOST_1(_osh, cosh)
WARPGRADE_HOST_1(_xp, exp)
WARPGRADE_HOST_1(_xp2, exp2)
WARPGRADE_HOST_1(_xpm1, expm1)
WARPGRADE_HOST_1(_og, log)
WARPGRADE_HOST_1(_og10, log10)
WARPGRADE_HOST_1(_og1p, log1p)
WARPGRADE_HOST_1(_og2, log2)
WARPGRADE_HOST_1(_in, sin)
WARPGRADE_HOST_1(_inh, sinh)
WARPGRADE_HOST_1(_an, tan)
WARPGRADE_HOST_1(_anh, tanh)
#undef WARPGRADE_HOST_1

// Two arguments are computed in float if both are, else in double.
template <class T> struct __warpgrade_number : __warpgrade_integer<T> {};
template <> struct __warpgrade_number<float> { using in_double = double; };
template <> struct __warpgrade_number<double> { using in_double = double; };

#define WARPGRADE_HOST_2(name, function) \
    extern "C" __device__ double __warpgrade_host_##function(double, double); \
    static __inline__ __device__ float name(float x, float y) { return (float)__warpgrade_host_##function(x, y); } \
    static __inline__ __device__ float name##f(float x, float y) { return (float)__warpgrade_host_##function(x, y); } \
    template <class T, class U> \
    static __inline__ __device__ typename __warpgrade_number<T>::in_double name( \
        T x, U y, typename __warpgrade_number<U>::in_double = 0) { \
        return __warpgrade_host_##function((double)x, (double)y); \
    }
WARPGRADE_HOST_2(_tan2, atan2)
WARPGRADE_HOST_2(_ypot, hypot)
WARPGRADE_HOST_2(_ow, pow)
#undef WARPGRADE_HOST_2

namespace std {
using ::_cos;
using ::_cosf;
using ::_sin;
using ::_sinf;
using ::_tan;
using ::_tanf;
using ::_tan2;
using ::_tan2f;
using ::_brt;
using ::_brtf;
using ::_os;
using ::_osf;
using ::_osh;
using ::_oshf;
using ::_xp;
using ::_xpf;
using ::_xp2;
using ::_xp2f;
using ::_xpm1;
using ::_xpm1f;
using ::_ypot;
using ::_ypotf;
using ::_og;
using ::_ogf;
using ::_og10;
using ::_og10f;
using ::_og1p;
using ::_og1pf;
using ::_og2;
using ::_og2f;
using ::_ow;
using ::_owf;
using ::_in;
using ::_inf;
using ::_inh;
using ::_inhf;
using ::_an;
using ::_anf;
using ::_anh;
using ::_anhf;
}

#endif
