// Host memory (NVRTC declares malloc and free), process end, random numbers, numbers in texts, sorting and searching.
#ifndef WARPGRADE_STDLIB_H
#define WARPGRADE_STDLIB_H

#include <stddef.h>
#include <string.h>
#include <sys/types.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 2147483647

extern "C" {
__device__ void __warpgrade_exit(int status);
__device__ int __warpgrade_rand(void);
__device__ void __warpgrade_srand(unsigned int seed);
__device__ double __warpgrade_drand48(void);
__device__ void __warpgrade_srand48(long seed);
__device__ void* __warpgrade_realloc(void* pointer, size_t bytes);
}

static __inline__ __device__ void exit(int status) { __warpgrade_exit(status); }
static __inline__ __device__ void abort() { __trap(); }

// ---- memory

static __inline__ __device__ void* calloc(size_t count, size_t bytes) {
    void* pointer = malloc(count * bytes);
    if (pointer) memset(pointer, 0, count * bytes);
    return pointer;
}
static __inline__ __device__ void* realloc(void* pointer, size_t bytes) { return __warpgrade_realloc(pointer, bytes); }
/// Memory is never given back to others before the program ends, so its beginning may be moved.
static __inline__ __device__ void* aligned_alloc(size_t alignment, size_t bytes) {
    char* pointer = (char*)malloc(bytes + alignment);
    return pointer ? (void*)(((size_t)pointer + alignment - 1) / alignment * alignment) : (void*)0;
}
static __inline__ __device__ int posix_memalign(void** pointer, size_t alignment, size_t bytes) {
    *pointer = aligned_alloc(alignment, bytes);
    return *pointer ? 0 : 12; // ENOMEM
}

// ---- random numbers, the same as those of the GNU C library

static __inline__ __device__ int rand() { return __warpgrade_rand(); }
static __inline__ __device__ void srand(unsigned int seed) { __warpgrade_srand(seed); }
static __inline__ __device__ long random() { return __warpgrade_rand(); }
static __inline__ __device__ void srandom(unsigned int seed) { __warpgrade_srand(seed); }
static __inline__ __device__ double drand48() { return __warpgrade_drand48(); }
static __inline__ __device__ void srand48(long seed) { __warpgrade_srand48(seed); }

// ---- numbers in texts

static __inline__ __device__ long long atoll(const char* text) {
    while (*text == ' ' || (*text >= '\t' && *text <= '\r')) text++;
    bool negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    unsigned long long value = 0;
    for (; *text >= '0' && *text <= '9'; text++) value = value * 10 + (unsigned)(*text - '0');
    return (long long)(negative ? 0 - value : value);
}
static __inline__ __device__ int atoi(const char* text) { return (int)atoll(text); }
static __inline__ __device__ long atol(const char* text) { return (long)atoll(text); }
static __inline__ __device__ double atof(const char* text) {
    while (*text == ' ' || (*text >= '\t' && *text <= '\r')) text++;
    bool negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    double value = 0;
    int exponent = 0;
    for (; *text >= '0' && *text <= '9'; text++) value = value * 10 + (*text - '0');
    if (*text == '.') {
        for (text++; *text >= '0' && *text <= '9'; text++, exponent--) value = value * 10 + (*text - '0');
    }
    if (*text == 'e' || *text == 'E') exponent += atoi(text + 1);
    for (; exponent > 0; exponent--) value *= 10;
    double power = 1;
    for (; exponent < 0; exponent++) power *= 10;
    return (negative ? -value : value) / power;
}

// ---- sorting and searching

static __inline__ __device__ void __warpgrade_swap(char* a, char* b, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        char kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}
/// By a heap.
static __device__ __noinline__ void qsort(void* values, size_t count, size_t bytes, int (*compare)(const void*, const void*)) {
    char* all = (char*)values;
    size_t end = count;
    for (size_t top = count / 2; end > 1;) {
        if (top > 0) {
            top--;
        } else {
            end--;
            __warpgrade_swap(all, all + end * bytes, bytes);
        }
        for (size_t parent = top, child; (child = 2 * parent + 1) < end; parent = child) {
            if (child + 1 < end && compare(all + child * bytes, all + (child + 1) * bytes) < 0) child++;
            if (compare(all + parent * bytes, all + child * bytes) >= 0) break;
            __warpgrade_swap(all + parent * bytes, all + child * bytes, bytes);
        }
    }
}
static __inline__ __device__ void* bsearch(
    const void* key, const void* values, size_t count, size_t bytes, int (*compare)(const void*, const void*)) {
    const char* first = (const char*)values;
    while (count > 0) {
        const char* middle = first + count / 2 * bytes;
        int order = compare(key, middle);
        if (order == 0) return (void*)middle;
        if (order > 0) {
            first = middle + bytes;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return (void*)0;
}

#endif
