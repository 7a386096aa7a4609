// Output. NVRTC itself declares printf; everything that a program prints is one stream.
#ifndef WARPGRADE_STDIO_H
#define WARPGRADE_STDIO_H

#include <stddef.h>

struct __warpgrade_stream;
typedef __warpgrade_stream FILE;
#define stdout ((FILE*)0)
#define stderr ((FILE*)0)

template <typename... T>
static __inline__ __device__ int fprintf(FILE*, const char* format, T... arguments) {
    return printf(format, arguments...);
}

// The arguments as printf has them: promoted, one after the other, each at its alignment.
extern "C" __device__ int __warpgrade_snprintf(char* to, size_t limit, const char* format, const void* arguments);

static __inline__ __device__ double __warpgrade_promoted(float value) { return value; }
static __inline__ __device__ int __warpgrade_promoted(char value) { return value; }
static __inline__ __device__ int __warpgrade_promoted(signed char value) { return value; }
static __inline__ __device__ int __warpgrade_promoted(unsigned char value) { return value; }
static __inline__ __device__ int __warpgrade_promoted(short value) { return value; }
static __inline__ __device__ int __warpgrade_promoted(unsigned short value) { return value; }
static __inline__ __device__ int __warpgrade_promoted(bool value) { return value; }
template <typename T>
static __inline__ __device__ T __warpgrade_promoted(T value) {
    return value;
}
template <typename T>
static __inline__ __device__ size_t __warpgrade_put(char* arguments, size_t used, T value) {
    size_t at = (used + sizeof(T) - 1) / sizeof(T) * sizeof(T);
    *(T*)(arguments + at) = value;
    return at + sizeof(T);
}
template <typename... T>
static __inline__ __device__ int snprintf(char* to, size_t limit, const char* format, T... arguments) {
    alignas(8) char given[8 * sizeof...(T) + 8];
    size_t used = 0;
    ((used = __warpgrade_put(given, used, __warpgrade_promoted(arguments))), ...);
    return __warpgrade_snprintf(to, limit, format, given);
}
template <typename... T>
static __inline__ __device__ int sprintf(char* to, const char* format, T... arguments) {
    return snprintf(to, (size_t)-1, format, arguments...);
}
static __inline__ __device__ int fflush(FILE*) { return 0; }
static __inline__ __device__ int puts(const char* text) { return printf("%s\n", text); }
static __inline__ __device__ int putchar(int character) {
    printf("%c", character);
    return character;
}

#endif
