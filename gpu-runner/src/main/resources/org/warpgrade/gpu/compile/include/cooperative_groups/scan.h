// cooperative_groups::inclusive_scan and exclusive_scan.
#ifndef WARPGRADE_COOPERATIVE_GROUPS_SCAN_H
#define WARPGRADE_COOPERATIVE_GROUPS_SCAN_H

#include <cooperative_groups/reduce.h>

namespace cooperative_groups {

template <class Group, class T, class Operation>
__inline__ __device__ T inclusive_scan(const Group& group, T value, Operation operation) {
    for (unsigned int delta = 1; delta < group.size(); delta *= 2) {
        T other = group.shfl_up(value, delta);
        value = group.thread_rank() >= delta ? operation(other, value) : value;
    }
    return value;
}
template <class Group, class T>
__inline__ __device__ T inclusive_scan(const Group& group, T value) {
    return inclusive_scan(group, value, plus<T>());
}
template <class Group, class T, class Operation>
__inline__ __device__ T exclusive_scan(const Group& group, T value, Operation operation) {
    T before = group.shfl_up(inclusive_scan(group, value, operation), 1);
    return group.thread_rank() == 0 ? T() : before;
}
template <class Group, class T>
__inline__ __device__ T exclusive_scan(const Group& group, T value) {
    return exclusive_scan(group, value, plus<T>());
}

}

#endif
