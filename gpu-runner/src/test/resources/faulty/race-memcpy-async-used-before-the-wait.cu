#include <cooperative_groups.h>
#include <cuda/barrier>
__global__ void k(float* data, int* ints) {
    __shared__ cuda::barrier<cuda::thread_scope_block> bar;
    __shared__ __align__(16) float tile[64];
    auto block = cooperative_groups::this_thread_block();
    tile[threadIdx.x] = 0;
    if (threadIdx.x == 0) init(&bar, 64);
    block.sync();
    cuda::memcpy_async(block, tile, data, sizeof(tile), bar);
    float early = tile[threadIdx.x];  // <- shared-race
    bar.arrive_and_wait();
    ints[threadIdx.x] = (int)(early + tile[threadIdx.x]);
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
