// assignment: cuda-saxpy
//
// y += a * x for n elements, with BLAS increments. See handout.md.
// Fill in the two places marked FILL ME IN; nothing else has to change.

__global__ void saxpy_kernel(float a, const float* x, int incx, float* y, int incy, int n) {
    // The first element this thread works on, and how many threads there are in the whole grid.
    int first = blockIdx.x * blockDim.x + threadIdx.x;
    int step = gridDim.x * blockDim.x;
    for (int i = first; i < n; i += step) {
        // FILL ME IN (roughly 3 lines): find element i of x and of y, and update y.
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    int threads = 256;
    int blocks = 0;  // FILL ME IN: how many blocks of 256 threads do n elements need?
    if (blocks > 0) {
        saxpy_kernel<<<blocks, threads>>>(a, x, incx, y, incy, n);
    }
}
