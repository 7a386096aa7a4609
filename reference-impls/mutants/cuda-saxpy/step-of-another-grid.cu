// mutant: H2 with increments the loop goes on by a wrong number of threads, blockDim.x squared
// assignment: cuda-saxpy
__global__ void saxpy_float4(float a, const float* x, float* y, int n) {
    int quads = n / 4;
    int step = gridDim.x * blockDim.x;
    int first = blockIdx.x * blockDim.x + threadIdx.x;
    const float4* x4 = reinterpret_cast<const float4*>(x);
    float4* y4 = reinterpret_cast<float4*>(y);
    for (int i = first; i < quads; i += step) {
        float4 p = x4[i];
        float4 q = y4[i];
        q.x += a * p.x;
        q.y += a * p.y;
        q.z += a * p.z;
        q.w += a * p.w;
        y4[i] = q;
    }
    int tail = 4 * quads + first;
    if (first < 4 && tail < n) {
        y[tail] += a * x[tail];
    }
}

__global__ void saxpy_strided(float a, const float* x, long incx, float* y, long incy, int n) {
    long step = (long)blockDim.x * blockDim.x;
    for (long i = (long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
        y[i * incy] += a * x[i * incx];
    }
}

static int blocks_for(int work) {
    int blocks = work / 256 + 1;
    return blocks < 2048 ? blocks : 2048;
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    if (n <= 0) {
        return;
    }
    bool aligned = (reinterpret_cast<unsigned long long>(x) | reinterpret_cast<unsigned long long>(y)) % 16 == 0;
    if (incx == 1 && incy == 1 && aligned) {
        saxpy_float4<<<blocks_for(n / 4), 256>>>(a, x, y, n);
        return;
    }
    if (incx < 0) {
        x += (long)(1 - n) * incx;
    }
    if (incy < 0) {
        y += (long)(1 - n) * incy;
    }
    saxpy_strided<<<blocks_for(n), 256>>>(a, x, incx, y, incy, n);
}
