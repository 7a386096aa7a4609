// Host memory (NVRTC declares malloc and free), process end, random numbers, numbers in texts, sorting and searching.
#ifndef WARPGRADE_STDLIB_H
#define WARPGRADE_STDLIB_H

#include <warpgrade/library.h>
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

WARPGRADE_LIBRARY void exit(int status) { __warpgrade_exit(status); }
WARPGRADE_LIBRARY void abort() { __trap(); }

// ---- memory

WARPGRADE_LIBRARY void* calloc(size_t count, size_t bytes) {
    void* pointer = malloc(count * bytes);
    if (pointer) memset(pointer, 0, count * bytes);
    return pointer;
}
WARPGRADE_LIBRARY void* realloc(void* pointer, size_t bytes) { return __warpgrade_realloc(pointer, bytes); }
/// Memory is never given back to others before the program ends, so its beginning may be moved.
WARPGRADE_LIBRARY void* aligned_alloc(size_t alignment, size_t bytes) {
    char* pointer = (char*)malloc(bytes + alignment);
    return pointer ? (void*)(((size_t)pointer + alignment - 1) / alignment * alignment) : (void*)0;
}
WARPGRADE_LIBRARY int posix_memalign(void** pointer, size_t alignment, size_t bytes) {
    *pointer = aligned_alloc(alignment, bytes);
    return *pointer ? 0 : 12; // ENOMEM
}

// ---- random numbers, the same as those of the GNU C library

WARPGRADE_LIBRARY int rand() { return __warpgrade_rand(); }
WARPGRADE_LIBRARY void srand(unsigned int seed) { __warpgrade_srand(seed); }
WARPGRADE_LIBRARY long random() { return __warpgrade_rand(); }
WARPGRADE_LIBRARY void srandom(unsigned int seed) { __warpgrade_srand(seed); }
WARPGRADE_LIBRARY double drand48() { return __warpgrade_drand48(); }
WARPGRADE_LIBRARY void srand48(long seed) { __warpgrade_srand48(seed); }

// ---- numbers in texts

WARPGRADE_LIBRARY long long atoll(const char* text) {
    while (*text == ' ' || (*text >= '\t' && *text <= '\r')) text++;
    bool negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    unsigned long long value = 0;
    for (; *text >= '0' && *text <= '9'; text++) value = value * 10 + (unsigned)(*text - '0');
    return (long long)(negative ? 0 - value : value);
}
WARPGRADE_LIBRARY int atoi(const char* text) { return (int)atoll(text); }
WARPGRADE_LIBRARY long atol(const char* text) { return (long)atoll(text); }
WARPGRADE_LIBRARY double atof(const char* text) {
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
WARPGRADE_LIBRARY void qsort(void* values, size_t count, size_t bytes, int (*compare)(const void*, const void*)) {
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
WARPGRADE_LIBRARY void* bsearch(
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
