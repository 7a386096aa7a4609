// cooperative_groups::memcpy_async: the threads of the group copy together, asynchronously where the architecture and the
// addresses allow it. What was copied is there for the group after wait.
#ifndef WARPGRADE_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H
#define WARPGRADE_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H

#include <cooperative_groups.h>
#include <warpgrade/copy_async.h>

namespace cooperative_groups {

/// @param bytes a number, or cuda::aligned_size_t
template <class Group, class T, class U, class Size>
__inline__ __device__ void memcpy_async(const Group& group, T* to, const U* from, const Size& bytes) {
    ::cuda::warpgrade::copy_async(group, (void*)to, (const void*)from, (size_t)bytes);
#if __CUDA_ARCH__ >= 800
    asm volatile("cp.async.commit_group;" : : : "memory");
#endif
}
/// Sizes in elements: as many are copied as both sides have.
template <class Group, class T, class ToSize, class FromSize>
__inline__ __device__ void memcpy_async(
    const Group& group, T* to, const ToSize& toElements, const T* from, const FromSize& fromElements) {
    size_t most = (size_t)toElements < (size_t)fromElements ? (size_t)toElements : (size_t)fromElements;
    memcpy_async(group, to, from, most * sizeof(T));
}
template <class Group>
__inline__ __device__ void wait(const Group& group) {
#if __CUDA_ARCH__ >= 800
    asm volatile("cp.async.wait_group 0;" : : : "memory");
#endif
    group.sync();
}
/// Waits until at most so many of the newest copies are under way.
template <unsigned int newest, class Group>
__inline__ __device__ void wait_prior(const Group& group) {
#if __CUDA_ARCH__ >= 800
    asm volatile("cp.async.wait_group %0;" : : "n"(newest) : "memory");
#endif
    group.sync();
}

}

#endif
