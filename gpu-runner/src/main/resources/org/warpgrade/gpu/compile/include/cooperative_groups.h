// Cooperative groups: blocks, tiles, coalesced threads and grids, over the warp intrinsics.
#ifndef WARPGRADE_COOPERATIVE_GROUPS_H
#define WARPGRADE_COOPERATIVE_GROUPS_H

namespace cooperative_groups {

#define WARPGRADE_CG __inline__ __device__

/// Counts arrivals of blocks; the top bit flips each time all of them have arrived.
static __device__ unsigned int grid_barrier;

class thread_block {
  public:
    WARPGRADE_CG static void sync() { __syncthreads(); }
    WARPGRADE_CG static unsigned int thread_rank() {
        return (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
    }
    WARPGRADE_CG static unsigned int num_threads() { return blockDim.x * blockDim.y * blockDim.z; }
    WARPGRADE_CG static unsigned int size() { return num_threads(); }
    WARPGRADE_CG static dim3 group_index() { return dim3(blockIdx.x, blockIdx.y, blockIdx.z); }
    WARPGRADE_CG static dim3 thread_index() { return dim3(threadIdx.x, threadIdx.y, threadIdx.z); }
    WARPGRADE_CG static dim3 group_dim() { return dim3(blockDim.x, blockDim.y, blockDim.z); }
    WARPGRADE_CG static dim3 dim_threads() { return group_dim(); }
};
WARPGRADE_CG thread_block this_thread_block() { return thread_block(); }

/// All blocks of a cooperative launch; they are resident at once, so they may wait for each other.
class grid_group {
  public:
    WARPGRADE_CG bool is_valid() const { return true; }
    WARPGRADE_CG static unsigned long long num_blocks() {
        return (unsigned long long)gridDim.x * gridDim.y * gridDim.z;
    }
    WARPGRADE_CG static unsigned long long block_rank() {
        return ((unsigned long long)blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
    }
    WARPGRADE_CG static unsigned long long num_threads() { return num_blocks() * thread_block::num_threads(); }
    WARPGRADE_CG static unsigned long long size() { return num_threads(); }
    WARPGRADE_CG static unsigned long long thread_rank() {
        return block_rank() * thread_block::num_threads() + thread_block::thread_rank();
    }
    WARPGRADE_CG static dim3 group_dim() { return dim3(gridDim.x, gridDim.y, gridDim.z); }
    WARPGRADE_CG static dim3 dim_blocks() { return group_dim(); }
    WARPGRADE_CG static dim3 block_index() { return dim3(blockIdx.x, blockIdx.y, blockIdx.z); }
    WARPGRADE_CG static void sync() {
        __syncthreads();
        if (thread_block::thread_rank() == 0) {
            unsigned int blocks = (unsigned int)num_blocks();
            unsigned int step = block_rank() == 0 ? 0x80000000u - (blocks - 1) : 1;
            __threadfence();
            unsigned int before = atomicAdd(&grid_barrier, step);
            while (((before ^ *(volatile unsigned int*)&grid_barrier) & 0x80000000u) == 0) {
            }
            __threadfence();
        }
        __syncthreads();
    }
};
WARPGRADE_CG grid_group this_grid() { return grid_group(); }

/// Threads of one warp, named by a mask; ranks count the set bits below the own lane.
class coalesced_group {
  protected:
    unsigned int mask;
    unsigned int index;
    unsigned int count;

    WARPGRADE_CG static unsigned int lane() {
        unsigned int id;
        asm("mov.u32 %0, %%laneid;" : "=r"(id));
        return id;
    }
    WARPGRADE_CG int laneOf(unsigned int rank) const { return count == 32 ? (int)rank : (int)__fns(mask, 0, rank + 1); }
    WARPGRADE_CG unsigned int ranksOf(unsigned int lanes) const {
        if (count == 32) return lanes;
        unsigned int ranks = 0;
        for (unsigned int rank = 0, left = mask; left; rank++, left &= left - 1) {
            ranks |= (lanes >> (__ffs(left) - 1) & 1) << rank;
        }
        return ranks;
    }

  public:
    WARPGRADE_CG explicit coalesced_group(unsigned int members)
        : mask(members), index(__popc(members & ((1u << lane()) - 1))), count(__popc(members)) {}
    WARPGRADE_CG unsigned int thread_rank() const { return index; }
    WARPGRADE_CG unsigned int num_threads() const { return count; }
    WARPGRADE_CG unsigned int size() const { return count; }
    WARPGRADE_CG unsigned int meta_group_size() const { return 1; }
    WARPGRADE_CG unsigned int meta_group_rank() const { return 0; }
    WARPGRADE_CG unsigned int members() const { return mask; }
    WARPGRADE_CG void sync() const { __syncwarp(mask); }
    WARPGRADE_CG int any(int predicate) const { return __any_sync(mask, predicate); }
    WARPGRADE_CG int all(int predicate) const { return __all_sync(mask, predicate); }
    WARPGRADE_CG unsigned int ballot(int predicate) const { return ranksOf(__ballot_sync(mask, predicate)); }
    template <class T>
    WARPGRADE_CG T shfl(T value, unsigned int rank) const {
        return __shfl_sync(mask, value, laneOf(rank % count));
    }
    template <class T>
    WARPGRADE_CG T shfl_down(T value, unsigned int delta) const {
        T other = __shfl_sync(mask, value, laneOf(index + delta < count ? index + delta : index));
        return index + delta < count ? other : value;
    }
    template <class T>
    WARPGRADE_CG T shfl_up(T value, unsigned int delta) const {
        T other = __shfl_sync(mask, value, laneOf(index >= delta ? index - delta : index));
        return index >= delta ? other : value;
    }
    template <class T>
    WARPGRADE_CG unsigned int match_any(T value) const {
        return ranksOf(__match_any_sync(mask, value));
    }
    template <class T>
    WARPGRADE_CG unsigned int match_all(T value, int& all) const {
        return ranksOf(__match_all_sync(mask, value, &all));
    }
};
WARPGRADE_CG coalesced_group coalesced_threads() { return coalesced_group(__activemask()); }

/// A tile of N neighbouring threads of a block; N is a power of two, at most 32.
template <unsigned int N, class Parent = void>
class thread_block_tile {
    static_assert(N > 0 && N <= 32 && (N & (N - 1)) == 0, "a tile has 1, 2, 4, 8, 16 or 32 threads");

    WARPGRADE_CG static unsigned int mask() {
        return N == 32 ? ~0u : ((1u << (N & 31)) - 1) << (thread_block::thread_rank() & 31 & ~(N - 1));
    }

  public:
    WARPGRADE_CG thread_block_tile() {}
    template <class Other>
    WARPGRADE_CG thread_block_tile(const thread_block_tile<N, Other>&) {}
    WARPGRADE_CG static unsigned int thread_rank() { return thread_block::thread_rank() & (N - 1); }
    WARPGRADE_CG static constexpr unsigned int num_threads() { return N; }
    WARPGRADE_CG static constexpr unsigned int size() { return N; }
    WARPGRADE_CG static unsigned int meta_group_size() { return (thread_block::num_threads() + N - 1) / N; }
    WARPGRADE_CG static unsigned int meta_group_rank() { return thread_block::thread_rank() / N; }
    WARPGRADE_CG static unsigned int members() { return mask(); }
    WARPGRADE_CG void sync() const { __syncwarp(mask()); }
    WARPGRADE_CG int any(int predicate) const { return __any_sync(mask(), predicate); }
    WARPGRADE_CG int all(int predicate) const { return __all_sync(mask(), predicate); }
    WARPGRADE_CG unsigned int ballot(int predicate) const {
        return __ballot_sync(mask(), predicate) >> (thread_block::thread_rank() & 31 & ~(N - 1));
    }
    template <class T>
    WARPGRADE_CG T shfl(T value, int rank) const {
        return __shfl_sync(mask(), value, rank, N);
    }
    template <class T>
    WARPGRADE_CG T shfl_down(T value, unsigned int delta) const {
        return __shfl_down_sync(mask(), value, delta, N);
    }
    template <class T>
    WARPGRADE_CG T shfl_up(T value, unsigned int delta) const {
        return __shfl_up_sync(mask(), value, delta, N);
    }
    template <class T>
    WARPGRADE_CG T shfl_xor(T value, unsigned int lanes) const {
        return __shfl_xor_sync(mask(), value, lanes, N);
    }
    template <class T>
    WARPGRADE_CG unsigned int match_any(T value) const {
        return __match_any_sync(mask(), value) >> (thread_block::thread_rank() & 31 & ~(N - 1));
    }
    WARPGRADE_CG operator coalesced_group() const { return coalesced_group(mask()); }
};

template <unsigned int N, class Parent>
WARPGRADE_CG thread_block_tile<N, Parent> tiled_partition(const Parent&) {
    return thread_block_tile<N, Parent>();
}
/// A tile whose size is known only at run time.
WARPGRADE_CG coalesced_group tiled_partition(const thread_block&, unsigned int size) {
    unsigned int lane = thread_block::thread_rank() & 31;
    return coalesced_group(size >= 32 ? __activemask() : ((1u << size) - 1) << (lane & ~(size - 1)));
}
template <class Group>
WARPGRADE_CG coalesced_group labeled_partition(const Group& group, int label) {
    return coalesced_group(__match_any_sync(group.members(), label));
}
template <class Group>
WARPGRADE_CG coalesced_group binary_partition(const Group& group, bool side) {
    unsigned int yes = __ballot_sync(group.members(), side);
    return coalesced_group(side ? yes : group.members() & ~yes);
}

template <class Group>
WARPGRADE_CG void sync(const Group& group) {
    group.sync();
}
template <class Group>
WARPGRADE_CG auto thread_rank(const Group& group) {
    return group.thread_rank();
}
template <class Group>
WARPGRADE_CG auto group_size(const Group& group) {
    return group.size();
}
WARPGRADE_CG void sync(const thread_block& block) { block.sync(); }

#undef WARPGRADE_CG

}

#endif
