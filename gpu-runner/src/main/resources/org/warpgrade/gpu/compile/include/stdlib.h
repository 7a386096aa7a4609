// Host memory (NVRTC declares malloc and free), process end, and the small integer functions.
#ifndef WARPGRADE_STDLIB_H
#define WARPGRADE_STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

extern "C" __device__ void __warpgrade_exit(int status);

static __inline__ __device__ void exit(int status) { __warpgrade_exit(status); }
static __inline__ __device__ void abort() { __trap(); }
static __inline__ __device__ void* calloc(size_t count, size_t bytes) {
    void* pointer = malloc(count * bytes);
    if (pointer) memset(pointer, 0, count * bytes);
    return pointer;
}

#endif
