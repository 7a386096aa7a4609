// cooperative_groups::memcpy_async: the threads of the group copy the bytes; wait makes them visible to the group.
#ifndef WARPGRADE_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H
#define WARPGRADE_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H

#include <cooperative_groups.h>

namespace cooperative_groups {

template <class Group, class T, class U>
__inline__ __device__ void memcpy_async(const Group& group, T* to, const U* from, size_t bytes) {
    if (((size_t)to | (size_t)from | bytes) % 4 == 0) {
        for (size_t i = group.thread_rank(); i < bytes / 4; i += group.size()) ((int*)to)[i] = ((const int*)from)[i];
    } else {
        for (size_t i = group.thread_rank(); i < bytes; i += group.size()) ((char*)to)[i] = ((const char*)from)[i];
    }
}
template <class Group>
__inline__ __device__ void wait(const Group& group) {
    group.sync();
}
template <unsigned int stages, class Group>
__inline__ __device__ void wait_prior(const Group& group) {
    group.sync();
}

}

#endif
