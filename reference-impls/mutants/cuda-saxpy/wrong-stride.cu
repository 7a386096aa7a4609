// mutant: H6a the loop advances by a fixed 65536 instead of the size of the grid: long vectors are updated several times
// assignment: cuda-saxpy

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    long startx = incx < 0 ? (long)(1 - n) * incx : 0;
    long starty = incy < 0 ? (long)(1 - n) * incy : 0;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += 65536) {
        y[starty + (long)i * incy] += a * x[startx + (long)i * incx];
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    int blocks = (n + 255) / 256;
    saxpy_kernel<<<blocks < 1024 ? blocks : 1024, 256>>>(a, x, incx, y, incy, n);
}
