// cooperative_groups::reduce and its operations.
#ifndef WARPGRADE_COOPERATIVE_GROUPS_REDUCE_H
#define WARPGRADE_COOPERATIVE_GROUPS_REDUCE_H

#include <cooperative_groups.h>

namespace cooperative_groups {

#define WARPGRADE_CG_OPERATION(name, expression) \
    template <class T> \
    struct name { \
        __device__ T operator()(T a, T b) const { return expression; } \
    };
WARPGRADE_CG_OPERATION(plus, a + b)
WARPGRADE_CG_OPERATION(less, b < a ? b : a)
WARPGRADE_CG_OPERATION(greater, a < b ? b : a)
WARPGRADE_CG_OPERATION(bit_and, a & b)
WARPGRADE_CG_OPERATION(bit_or, a | b)
WARPGRADE_CG_OPERATION(bit_xor, a ^ b)
#undef WARPGRADE_CG_OPERATION

template <unsigned int N, class Parent, class T, class Operation>
__inline__ __device__ T reduce(const thread_block_tile<N, Parent>& tile, T value, Operation operation) {
    for (unsigned int lanes = N / 2; lanes > 0; lanes /= 2) value = operation(value, tile.shfl_xor(value, lanes));
    return value;
}
template <class T, class Operation>
__inline__ __device__ T reduce(const coalesced_group& group, T value, Operation operation) {
    for (unsigned int delta = 1; delta < group.size(); delta *= 2) {
        T other = group.shfl_down(value, delta);
        bool paired = group.thread_rank() % (2 * delta) == 0 && group.thread_rank() + delta < group.size();
        value = paired ? operation(value, other) : value;
    }
    return group.shfl(value, 0);
}

}

#endif
