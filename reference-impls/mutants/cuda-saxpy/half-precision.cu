// mutant: H1 the arithmetic is done in half precision
// assignment: cuda-saxpy

#include <cuda_fp16.h>

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        long startx = incx < 0 ? (long)(1 - n) * incx : 0;
        long starty = incy < 0 ? (long)(1 - n) * incy : 0;
        __half product = __hmul(__float2half(a), __float2half(x[startx + (long)i * incx]));
        __half sum = __hadd(product, __float2half(y[starty + (long)i * incy]));
        y[starty + (long)i * incy] = __half2float(sum);
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    saxpy_kernel<<<(n + 255) / 256, 256>>>(a, x, incx, y, incy, n);
}
