#include <cuda_pipeline.h>
__global__ void copy(const float* in, float* out) {
    __shared__ float tile[2][32];
    __pipeline_memcpy_async(&tile[0][threadIdx.x], in + threadIdx.x, 4);
    __pipeline_commit();
    __pipeline_memcpy_async(&tile[1][threadIdx.x], in + 32 + threadIdx.x, 4);
    __pipeline_commit();
    __pipeline_wait_prior(1);
    __syncthreads();
    out[threadIdx.x] = tile[0][31 - threadIdx.x];
    out[threadIdx.x + 32] = tile[1][threadIdx.x];  // <- shared-race
    __pipeline_wait_prior(0);
}
extern "C" void solve(float* data, int* ints, int n) { copy<<<1, 32>>>((const float*)ints, data); }
