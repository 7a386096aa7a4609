// mutant: H6b a whole grid is launched but only its first thread works
// assignment: cuda-saxpy

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i == 0) {
        long startx = incx < 0 ? (long)(1 - n) * incx : 0;
        long starty = incy < 0 ? (long)(1 - n) * incy : 0;
        for (int k = 0; k < n; k++) {
            y[starty + (long)k * incy] += a * x[startx + (long)k * incx];
        }
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    saxpy_kernel<<<(n + 255) / 256, 256>>>(a, x, incx, y, incy, n);
}
