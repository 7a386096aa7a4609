#include <cooperative_groups.h>
namespace cg = cooperative_groups;
__global__ void k(float* data, int* ints) {
    __shared__ float values[64];
    auto tile = cg::tiled_partition<8>(cg::this_thread_block());
    values[threadIdx.x] = 0;
    cg::this_thread_block().sync();
    values[threadIdx.x] = data[threadIdx.x];  // <- shared-race
    tile.sync();
    data[threadIdx.x] = values[(threadIdx.x + 32) % 64];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
