// assignment: cuda-saxpy
//
// Rung 2: a grid-stride loop over moved pointers.
// What changed: the host moves x and y to element 0, so the kernel never looks at the sign of an increment, and at most
// 1024 blocks are launched; each thread goes on by the size of the grid until the vector is done.
// Why it is faster: the set-up is paid once per thread instead of once per element, the hardware schedules few blocks, and
// a warp has several independent loads in flight. In every trip neighbouring threads still touch neighbouring elements.

__global__ void saxpy_kernel(float a, const float* x, long incx, float* y, long incy, int n) {
    // 64-bit: with n near 2^31 the next i would not fit an int.
    long step = (long)gridDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
        y[i * incy] += a * x[i * incx];
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    if (incx < 0) {
        x += (long)(1 - n) * incx;
    }
    if (incy < 0) {
        y += (long)(1 - n) * incy;
    }
    int blocks = (n - 1) / 256 + 1;
    saxpy_kernel<<<blocks < 1024 ? blocks : 1024, 256>>>(a, x, incx, y, incy, n);
}
