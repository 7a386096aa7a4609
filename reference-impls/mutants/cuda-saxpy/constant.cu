// mutant: H1 writes the same number everywhere
// assignment: cuda-saxpy

__global__ void saxpy_kernel(float* y, int incy, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        long starty = incy < 0 ? (long)(1 - n) * incy : 0;
        y[starty + (long)i * incy] = 12.0f;
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    saxpy_kernel<<<(n + 255) / 256, 256>>>(y, incy, n);
}
