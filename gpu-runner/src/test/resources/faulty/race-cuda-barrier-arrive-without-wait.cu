#include <cuda/barrier>
__global__ void k(float* data, int* ints) {
    __shared__ cuda::barrier<cuda::thread_scope_block> bar;
    __shared__ float tile[64];
    tile[threadIdx.x] = 0;
    if (threadIdx.x == 0) init(&bar, 64);
    __syncthreads();
    tile[threadIdx.x] = data[threadIdx.x];  // <- shared-race
    auto token = bar.arrive();
    data[threadIdx.x] = tile[63 - threadIdx.x];
    bar.wait(token);
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
