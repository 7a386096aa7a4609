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
static __inline__ __device__ int fflush(FILE*) { return 0; }
static __inline__ __device__ int puts(const char* text) { return printf("%s\n", text); }
static __inline__ __device__ int putchar(int character) {
    printf("%c", character);
    return character;
}

#endif
