// Cooperative groups: blocks, tiles, coalesced threads and grids, over the warp intrinsics.
#ifndef WARPGRADE_COOPERATIVE_GROUPS_H
#define WARPGRADE_COOPERATIVE_GROUPS_H

namespace cooperative_groups {

#define WARPGRADE_CG __inline__ __device__

/// Moves values of any type that can be copied byte by byte through shuffles of words.
template <class T, class Shuffle>
WARPGRADE_CG T by_words(const T& value, Shuffle shuffle) {
    static_assert(__is_trivially_copyable(T), "only what can be copied byte by byte can be shuffled");
    unsigned int words[(sizeof(T) + 3) / 4] = {};
    memcpy(words, &value, sizeof(T));
    for (unsigned int i = 0; i < sizeof(words) / 4; i++) words[i] = shuffle(words[i]);
    T other;
    memcpy(&other, words, sizeof(T));
    return other;
}

/// Counts arrivals of blocks; the top bit flips each time all of them have arrived.
static __device__ unsigned int grid_barrier;

class thread_block {
  public:
    struct arrival_token {};
    WARPGRADE_CG static void sync() { __syncthreads(); }
    /// Announcing costs nothing: the wait is the whole barrier, which orders at least as much.
    WARPGRADE_CG static arrival_token barrier_arrive() { return arrival_token(); }
    WARPGRADE_CG static void barrier_wait(arrival_token) { __syncthreads(); }
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
    struct arrival_token {};
    WARPGRADE_CG static arrival_token barrier_arrive() { return arrival_token(); }
    WARPGRADE_CG static void barrier_wait(arrival_token) { sync(); }
    WARPGRADE_CG bool is_valid() const { return true; }
    WARPGRADE_CG static dim3 thread_index() { return dim3(threadIdx.x, threadIdx.y, threadIdx.z); }
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
    unsigned int metaRank = 0;
    unsigned int metaSize = 1;

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
    WARPGRADE_CG unsigned int meta_group_size() const { return metaSize; }
    WARPGRADE_CG unsigned int meta_group_rank() const { return metaRank; }
    WARPGRADE_CG unsigned int members() const { return mask; }
    WARPGRADE_CG void sync() const { __syncwarp(mask); }
    WARPGRADE_CG int any(int predicate) const { return __any_sync(mask, predicate); }
    WARPGRADE_CG int all(int predicate) const { return __all_sync(mask, predicate); }
    WARPGRADE_CG unsigned int ballot(int predicate) const { return ranksOf(__ballot_sync(mask, predicate)); }
    template <class T>
    WARPGRADE_CG T shfl(T value, unsigned int rank) const {
        int lane = laneOf(rank % count);
        return by_words(value, [this, lane](unsigned int word) { return __shfl_sync(mask, word, lane); });
    }
    template <class T>
    WARPGRADE_CG T shfl_down(T value, unsigned int delta) const {
        return index + delta < count ? shfl(value, index + delta) : shfl(value, index);
    }
    template <class T>
    WARPGRADE_CG T shfl_up(T value, unsigned int delta) const {
        return index >= delta ? shfl(value, index - delta) : shfl(value, index);
    }
    template <class T>
    WARPGRADE_CG unsigned int match_any(T value) const {
        return ranksOf(__match_any_sync(mask, value));
    }
    template <class T>
    WARPGRADE_CG unsigned int match_all(T value, int& all) const {
        return ranksOf(__match_all_sync(mask, value, &all));
    }
    /// Where the group lies among those that a partition made.
    WARPGRADE_CG void place(unsigned int rank, unsigned int of) {
        metaRank = rank;
        metaSize = of;
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
        return by_words(value, [rank](unsigned int word) { return __shfl_sync(mask(), word, rank, N); });
    }
    template <class T>
    WARPGRADE_CG T shfl_down(T value, unsigned int delta) const {
        return by_words(value, [delta](unsigned int word) { return __shfl_down_sync(mask(), word, delta, N); });
    }
    template <class T>
    WARPGRADE_CG T shfl_up(T value, unsigned int delta) const {
        return by_words(value, [delta](unsigned int word) { return __shfl_up_sync(mask(), word, delta, N); });
    }
    template <class T>
    WARPGRADE_CG T shfl_xor(T value, unsigned int lanes) const {
        return by_words(value, [lanes](unsigned int word) { return __shfl_xor_sync(mask(), word, lanes, N); });
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
    coalesced_group tile(size >= 32 ? __activemask() : ((1u << size) - 1) << (lane & ~(size - 1)));
    tile.place(thread_block::thread_rank() / size, (thread_block::num_threads() + size - 1) / size);
    return tile;
}
WARPGRADE_CG coalesced_group tiled_partition(const coalesced_group& group, unsigned int size) {
    unsigned int first = group.thread_rank() / size * size;
    unsigned int members = 0;
    for (unsigned int rank = 0, left = group.members(); left; rank++, left &= left - 1) {
        if (rank >= first && rank < first + size) members |= left & (0u - left);
    }
    coalesced_group tile(members);
    tile.place(group.thread_rank() / size, (group.size() + size - 1) / size);
    return tile;
}
template <unsigned int N, class Parent>
WARPGRADE_CG coalesced_group tiled_partition(const thread_block_tile<N, Parent>& tile, unsigned int size) {
    return tiled_partition((coalesced_group)tile, size);
}
template <class Group, class Label>
WARPGRADE_CG coalesced_group labeled_partition(const Group& group, Label label) {
    unsigned int members = __match_any_sync(group.members(), label);
    unsigned int before = 0;
    unsigned int all = 0;
    for (unsigned int left = group.members(); left; all++) {
        unsigned int lane = __ffs(left) - 1;
        unsigned int same = __shfl_sync(group.members(), members, lane);
        before += __ffs(same) < __ffs(members);
        left &= ~same;
    }
    coalesced_group part(members);
    part.place(before, all);
    return part;
}
template <class Group>
WARPGRADE_CG coalesced_group binary_partition(const Group& group, bool side) {
    unsigned int yes = __ballot_sync(group.members(), side);
    coalesced_group part(side ? yes : group.members() & ~yes);
    part.place(side ? 1 : 0, 2);
    return part;
}

/// Any group of one block, for functions that do not care which: a block, or threads of a warp.
class thread_group {
    bool isBlock;
    coalesced_group threads;

  public:
    WARPGRADE_CG thread_group(const thread_block&) : isBlock(true), threads(0) {}
    WARPGRADE_CG thread_group(const coalesced_group& group) : isBlock(false), threads(group) {}
    template <unsigned int N, class Parent>
    WARPGRADE_CG thread_group(const thread_block_tile<N, Parent>& tile) : isBlock(false), threads(tile) {}
    WARPGRADE_CG unsigned int thread_rank() const { return isBlock ? thread_block::thread_rank() : threads.thread_rank(); }
    WARPGRADE_CG unsigned int num_threads() const { return isBlock ? thread_block::num_threads() : threads.num_threads(); }
    WARPGRADE_CG unsigned int size() const { return num_threads(); }
    WARPGRADE_CG bool is_valid() const { return true; }
    WARPGRADE_CG void sync() const {
        if (isBlock) {
            __syncthreads();
        } else {
            threads.sync();
        }
    }
    WARPGRADE_CG coalesced_group tile(unsigned int n) const {
        return isBlock ? tiled_partition(thread_block(), n) : tiled_partition(threads, n);
    }
};
WARPGRADE_CG thread_group tiled_partition(const thread_group& parent, unsigned int size) { return parent.tile(size); }

/// One thread of the group calls the function.
template <class Group, class Function, class... Arguments>
WARPGRADE_CG void invoke_one(const Group& group, Function&& function, Arguments&&... arguments) {
    if (group.thread_rank() == 0) function(static_cast<Arguments&&>(arguments)...);
}
/// One thread of the group calls the function, and all get what it returns.
template <class Group, class Function, class... Arguments>
WARPGRADE_CG auto invoke_one_broadcast(const Group& group, Function&& function, Arguments&&... arguments)
    -> decltype(function(static_cast<Arguments&&>(arguments)...)) {
    decltype(function(static_cast<Arguments&&>(arguments)...)) result = {};
    if (group.thread_rank() == 0) result = function(static_cast<Arguments&&>(arguments)...);
    return group.shfl(result, 0);
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
