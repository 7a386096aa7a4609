// Asynchronous copies from global to shared memory (cp.async).
#ifndef WARPGRADE_CUDA_PIPELINE_H
#define WARPGRADE_CUDA_PIPELINE_H

#include <cuda_awbarrier_primitives.h>

static __inline__ __device__ void __pipeline_memcpy_async(
    void* shared, const void* global, size_t bytes, size_t zeros = 0) {
    unsigned int to = (unsigned int)__cvta_generic_to_shared(shared);
    size_t from = __cvta_generic_to_global(global);
    int used = (int)(bytes - zeros);
    if (bytes == 16) {
        asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" : : "r"(to), "l"(from), "r"(used) : "memory");
    } else if (bytes == 8) {
        asm volatile("cp.async.ca.shared.global [%0], [%1], 8, %2;" : : "r"(to), "l"(from), "r"(used) : "memory");
    } else {
        asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;" : : "r"(to), "l"(from), "r"(used) : "memory");
    }
}
static __inline__ __device__ void __pipeline_commit() { asm volatile("cp.async.commit_group;" : : : "memory"); }
static __inline__ __device__ void __pipeline_wait_prior(int groups) {
    switch (groups) {
        case 0: asm volatile("cp.async.wait_group 0;" : : : "memory"); break;
        case 1: asm volatile("cp.async.wait_group 1;" : : : "memory"); break;
        case 2: asm volatile("cp.async.wait_group 2;" : : : "memory"); break;
        case 3: asm volatile("cp.async.wait_group 3;" : : : "memory"); break;
        default: asm volatile("cp.async.wait_group 4;" : : : "memory"); break;  // waits for more than asked, which is safe
    }
}

/// The barrier is arrived at when the thread's copies so far are done.
static __inline__ __device__ void __pipeline_arrive_on(__mbarrier_t* barrier) {
    asm volatile("cp.async.mbarrier.arrive.shared.b64 [%0];" : : "r"(__warpgrade_mbarrier(barrier)) : "memory");
}

#endif
