#include <cuda_pipeline.h>
__global__ void copy(const float* in, float* out) {
    __shared__ __align__(16) float tile[64];
    __pipeline_memcpy_async(tile + threadIdx.x, in + threadIdx.x, 4);
    __pipeline_commit();
    __syncthreads();
    out[threadIdx.x] = tile[63 - threadIdx.x];  // <- shared-race
}
extern "C" void solve(float* data, int* ints, int n) { copy<<<1, 64>>>((const float*)ints, data); }
