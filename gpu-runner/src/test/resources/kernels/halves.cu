// Half precision through our own cuda_fp16.h.
#include <cuda_fp16.h>
__global__ void axpy_half(const float* x, const float* y, float* z, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        __half h = __hfma(__float2half(x[i]), __float2half(1.5f), __float2half(y[i]));
        half2 pair = __halves2half2(h, __float2half(0.25f));
        pair = __hadd2(pair, pair);
        z[i] = __low2float(pair) + __high2float(pair);
    }
}
extern "C" void solve(const float* x, const float* y, float* z, int n) { axpy_half<<<(n + 63) / 64, 64>>>(x, y, z, n); }
