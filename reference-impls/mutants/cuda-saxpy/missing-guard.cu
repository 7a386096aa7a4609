// mutant: H1 no bounds guard: the last block writes past the end
// assignment: cuda-saxpy

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    long startx = incx < 0 ? (long)(1 - n) * incx : 0;
    long starty = incy < 0 ? (long)(1 - n) * incy : 0;
    y[starty + (long)i * incy] += a * x[startx + (long)i * incx];
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    saxpy_kernel<<<(n + 255) / 256, 256>>>(a, x, incx, y, incy, n);
}
