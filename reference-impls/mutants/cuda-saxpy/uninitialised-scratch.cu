// mutant: H1 the products go through scratch memory of which the last partial warp is never written
// assignment: cuda-saxpy

__global__ void products(float a, const float* x, int incx, float* scratch, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n / 32 * 32) {
        long startx = incx < 0 ? (long)(1 - n) * incx : 0;
        scratch[i] = a * x[startx + (long)i * incx];
    }
}

__global__ void add(const float* scratch, float* y, int incy, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        long starty = incy < 0 ? (long)(1 - n) * incy : 0;
        y[starty + (long)i * incy] += scratch[i];
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    float* scratch;
    cudaMalloc((void**)&scratch, n * sizeof(float));
    products<<<(n + 255) / 256, 256>>>(a, x, incx, scratch, n);
    add<<<(n + 255) / 256, 256>>>(scratch, y, incy, n);
    cudaFree(scratch);
}
