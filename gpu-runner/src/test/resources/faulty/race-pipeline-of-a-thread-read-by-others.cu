// A thread's own pipeline says nothing of other threads' copies.
#include <cuda/pipeline>
__global__ void k(float* data, int* ints) {
    __shared__ float tile[64];
    auto pipe = cuda::make_pipeline();
    tile[threadIdx.x] = 0;
    __syncthreads();
    pipe.producer_acquire();
    cuda::memcpy_async(&tile[threadIdx.x], &data[threadIdx.x], sizeof(float), pipe);  // <- shared-race
    pipe.producer_commit();
    pipe.consumer_wait();
    ints[threadIdx.x] = (int)tile[63 - threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
