// Cooperative groups beyond the usual: groups of any kind as an argument, structs through shuffles, partitions of partitions
// and their ranks, one thread for all, asynchronous copies.
#include <cooperative_groups.h>
#include <cooperative_groups/memcpy_async.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>
#include <cuda/barrier>
namespace cg = cooperative_groups;

struct Entry {
    double value;
    int index;
    char tag;
};

__device__ int sum_of(cg::thread_group group, int* scratch, int value) {
    for (int i = group.size() / 2; i > 0; i /= 2) {
        scratch[group.thread_rank()] = value;
        group.sync();
        if (group.thread_rank() < i) value += scratch[group.thread_rank() + i];
        group.sync();
    }
    return value;
}

__global__ void any_group(int* out) {
    __shared__ int scratch[64];
    auto block = cg::this_thread_block();
    int whole = sum_of(block, scratch, block.thread_rank());
    auto tile = cg::tiled_partition<16>(block);
    int part = sum_of(tile, scratch + tile.meta_group_rank() * 16, block.thread_rank());
    cg::thread_group eights = cg::tiled_partition(cg::thread_group(block), 8);
    int small = sum_of(eights, scratch + block.thread_rank() / 8 * 8, 1);
    if (block.thread_rank() == 0) out[0] = whole;
    if (tile.thread_rank() == 0) out[1 + tile.meta_group_rank()] = part;
    if (eights.thread_rank() == 0) out[5 + block.thread_rank() / 8] = small;
    block.barrier_wait(block.barrier_arrive());
}

__global__ void partitions(int* out) {
    auto warp = cg::tiled_partition<32>(cg::this_thread_block());
    int i = warp.thread_rank();
    Entry mine{i * 0.5, i, (char)('a' + i % 26)};
    Entry other = warp.shfl_xor(mine, 5);
    Entry first = warp.shfl(mine, 3);
    out[16 + i] = (int)(other.value * 2) * 1000 + other.index * 10 + (other.tag - 'a') + first.index;
    auto by_rest = cg::labeled_partition(warp, i % 3);
    auto odd = cg::binary_partition(warp, i & 1);
    auto pairs = cg::tiled_partition(odd, 2u);
    out[48 + i] = by_rest.meta_group_size() * 10000 + by_rest.meta_group_rank() * 1000 + odd.meta_group_rank() * 100
                  + pairs.size() * 10 + pairs.thread_rank();
    if (i % 4 == 1) {
        auto some = cg::coalesced_threads();
        Entry least = cg::reduce(some, mine, [](const Entry& a, const Entry& b) { return a.value < b.value ? b : a; });
        int before = cg::exclusive_scan(some, i);
        out[80 + i] = least.index * 100 + before;
    } else {
        out[80 + i] = cg::invoke_one_broadcast(cg::coalesced_threads(), [i] { return i + 7; });
    }
}

__global__ void copies(const int* in, int* out) {
    __shared__ alignas(16) int tile[96];
    auto block = cg::this_thread_block();
    cg::memcpy_async(block, tile, in, cuda::aligned_size_t<16>(sizeof(int) * 32));
    cg::memcpy_async(block, tile + 32, 64, in, 64);
    cg::wait_prior<1>(block);
    int early = tile[31 - threadIdx.x];
    cg::wait(block);
    out[112 + threadIdx.x] = early + tile[32 + threadIdx.x] + tile[95 - threadIdx.x];
}

extern "C" void solve(const int* in, int* out) {
    any_group<<<1, 64>>>(out);
    partitions<<<1, 32>>>(out);
    copies<<<1, 32>>>(in, out);
}
