// Four ways to sum: shared-memory tree, shuffles, atomics, and the last block done.
#include <cuda_runtime.h>
__global__ void tree(const float* x, float* partial, int n) {
    extern __shared__ float buffer[];
    float sum = 0;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) sum += x[i];
    buffer[threadIdx.x] = sum;
    __syncthreads();
    for (int half = blockDim.x / 2; half > 0; half >>= 1) {
        if (threadIdx.x < half) buffer[threadIdx.x] += buffer[threadIdx.x + half];
        __syncthreads();
    }
    if (threadIdx.x == 0) partial[blockIdx.x] = buffer[0];
}
__global__ void with_atomics(const float* x, float* total, int* count, int n) {
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
        atomicAdd(total, x[i]);
        atomicAdd(count, 1);
    }
}
__device__ unsigned int blocks_done = 0;
__global__ void last_block(const float* x, volatile float* partial, float* total, int n) {
    __shared__ bool last;
    float sum = 0;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) sum += x[i];
    for (int offset = 16; offset > 0; offset /= 2) sum += __shfl_down_sync(0xffffffff, sum, offset);
    __shared__ float warps[32];
    if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x == 0) {
        float block = 0;
        for (int w = 0; w < blockDim.x / 32; ++w) block += warps[w];
        partial[blockIdx.x] = block;
        __threadfence();
        last = atomicInc(&blocks_done, gridDim.x) == gridDim.x - 1;
    }
    __syncthreads();
    if (last && threadIdx.x == 0) {
        float all = 0;
        for (int b = 0; b < gridDim.x; ++b) all += partial[b];
        *total = all;
        blocks_done = 0;
    }
}
extern "C" void solve(const float* x, float* results, int* count, float* partial, int n) {
    tree<<<4, 128, 128 * sizeof(float)>>>(x, partial, n);
    tree<<<1, 4, 4 * sizeof(float)>>>(partial, results, 4);
    cudaMemset(results + 1, 0, 4);
    cudaMemset(count, 0, sizeof(int));
    with_atomics<<<3, 64>>>(x, results + 1, count, n);
    last_block<<<5, 96>>>(x, partial, results + 2, n);
}
