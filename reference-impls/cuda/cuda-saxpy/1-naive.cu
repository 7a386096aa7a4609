// assignment: cuda-saxpy
//
// Rung 1: one thread per element.
// The grid has ceil(n / 256) blocks, so the last block is ragged and every thread checks i < n. Neighbouring threads touch
// neighbouring floats when the increments are 1: each warp reads and writes whole 128-byte lines.
// What it costs: n / 256 blocks are scheduled, and every thread computes both starting offsets for a single element.

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) {
        return;
    }
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
