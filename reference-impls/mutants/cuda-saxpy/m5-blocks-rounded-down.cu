// mutant: H1 the number of blocks is n / 256 rounded down: the last elements are not done
// assignment: cuda-saxpy

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        long startx = incx < 0 ? (long)(1 - n) * incx : 0;
        long starty = incy < 0 ? (long)(1 - n) * incy : 0;
        y[starty + (long)i * incy] += a * x[startx + (long)i * incx];
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    int blocks = n / 256;
    if (blocks > 0) {
        saxpy_kernel<<<blocks, 256>>>(a, x, incx, y, incy, n);
    } else if (n > 0) {
        saxpy_kernel<<<1, 256>>>(a, x, incx, y, incy, n);
    }
}
