// mutant: H6b every thread of the grid walks the whole vector
// assignment: cuda-saxpy

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    long startx = incx < 0 ? (long)(1 - n) * incx : 0;
    long starty = incy < 0 ? (long)(1 - n) * incy : 0;
    for (int i = 0; i < n; i++) {
        y[starty + (long)i * incy] += a * x[startx + (long)i * incx];
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    saxpy_kernel<<<1, 4>>>(a, x, incx, y, incy, n);
}
