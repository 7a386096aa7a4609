#include <cooperative_groups.h>
namespace cg = cooperative_groups;
__global__ void k(float* data, int* ints) {
    __shared__ float values[64];
    auto tile = cg::tiled_partition<8>(cg::this_thread_block());
    float* own = values + tile.meta_group_rank() * 8;
    own[tile.thread_rank()] = data[threadIdx.x];
    tile.sync();
    float v = own[7 - tile.thread_rank()];
    tile.sync();
    own[tile.thread_rank()] = v;
    tile.sync();
    data[threadIdx.x] = own[tile.thread_rank() ^ 1];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
