// A group's share of an asynchronous copy (cp.async); included by <cuda/barrier> and <cooperative_groups/memcpy_async.h>.
#ifndef WARPGRADE_COPY_ASYNC_H
#define WARPGRADE_COPY_ASYNC_H

namespace cuda {
namespace warpgrade {

struct one_thread {
    static __device__ unsigned int thread_rank() { return 0; }
    static __device__ unsigned int size() { return 1; }
};

template <int bytes>
static __inline__ __device__ void copy_chunk(void* to, const void* from) {
    unsigned int shared = (unsigned int)__cvta_generic_to_shared(to);
    size_t global = __cvta_generic_to_global(from);
    if (bytes == 16) {
        asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" : : "r"(shared), "l"(global) : "memory");
    } else {
        asm volatile("cp.async.ca.shared.global [%0], [%1], %2;" : : "r"(shared), "l"(global), "n"(bytes) : "memory");
    }
}
template <int bytes, class Group>
static __inline__ __device__ void copy_chunks(const Group& group, char* to, const char* from, size_t total) {
    for (size_t i = (size_t)group.thread_rank() * bytes; i < total; i += (size_t)group.size() * bytes) {
        copy_chunk<bytes>(to + i, from + i);
    }
}
/// Starts the group's share of a copy; false if it had to be done at once.
template <class Group>
static __inline__ __device__ bool copy_async(const Group& group, void* to, const void* from, size_t total) {
    size_t all = (size_t)to | (size_t)from | total;
#if __CUDA_ARCH__ >= 800
    if (all % 4 == 0 && __isShared(to) && __isGlobal(from)) {
        if (all % 16 == 0) {
            copy_chunks<16>(group, (char*)to, (const char*)from, total);
        } else if (all % 8 == 0) {
            copy_chunks<8>(group, (char*)to, (const char*)from, total);
        } else {
            copy_chunks<4>(group, (char*)to, (const char*)from, total);
        }
        return true;
    }
#endif
    if (all % 4 == 0) {
        for (size_t i = group.thread_rank(); i < total / 4; i += group.size()) ((int*)to)[i] = ((const int*)from)[i];
    } else {
        for (size_t i = group.thread_rank(); i < total; i += group.size()) ((char*)to)[i] = ((const char*)from)[i];
    }
    return false;
}

}
}

#endif
