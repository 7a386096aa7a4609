#include <cuda_fp16.h>
__global__ void k(float* data, int* ints) {
    __shared__ __half row[64];
    row[threadIdx.x] = __float2half(0.0f);
    __syncthreads();
    row[threadIdx.x] = __float2half(data[threadIdx.x]);  // <- shared-race
    data[threadIdx.x] = __half2float(row[(threadIdx.x + 1) % 64]);
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
