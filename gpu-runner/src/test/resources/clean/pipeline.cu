#include <cuda_pipeline.h>
__global__ void scale(const float* in, float* out, int steps) {
    __shared__ float tile[2][32];
    int t = threadIdx.x;
    __pipeline_memcpy_async(&tile[0][t], in + t, 4);
    __pipeline_commit();
    for (int s = 0; s < steps; ++s) {
        if (s + 1 < steps) __pipeline_memcpy_async(&tile[(s + 1) & 1][t], in + (s + 1) * 32 + t, 4);
        __pipeline_commit();
        __pipeline_wait_prior(1);
        __syncthreads();
        out[s * 32 + t] = tile[s & 1][31 - t] * 2;
        __syncthreads();
    }
}
extern "C" void solve(float* data, int* ints, int n) { scale<<<1, 32>>>((const float*)ints, data, 2); }
