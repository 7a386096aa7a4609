// mutant: H3 a negative increment starts at offset 0 and runs off the front of the buffer
// assignment: cuda-saxpy

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        y[(long)i * incy] += a * x[(long)i * incx];
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    saxpy_kernel<<<(n + 255) / 256, 256>>>(a, x, incx, y, incy, n);
}
