// assignment: op-softmax
// Eli: many small kernels with scratch memory; every kernel does one thing.
#include <cuda_runtime.h>
#include <cmath>

__global__ void find_max(const float* a, float* largest, int h, int w) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r < h) {
        float best = a[(size_t)r * w];
        for (int c = 0; c < w; ++c) {
            float now = a[(size_t)r * w + c];
            best = now > best ? now : best;
            if (isnan(now)) {
                best = now;
                c = w;
            }
        }
        largest[r] = best;
    }
}

__global__ void exponentials(const float* a, const float* largest, float* e, size_t n, int w) {
    size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) e[i] = expf(a[i] - largest[i / w]);
}

__global__ void add_rows(const float* e, float* sums, int h, int w) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r < h) {
        double s = 0.0;
        for (int c = 0; c < w; ++c) s += e[(size_t)r * w + c];
        sums[r] = (float)s;
    }
}

__global__ void divide(float* e, const float* sums, size_t n, int w) {
    size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) e[i] = e[i] / sums[i / w];
}

__global__ void multiply(const float* a, const float* b, float* c, size_t n) {
    size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) c[i] = a[i] * b[i];
}

__global__ void finish(const float* y, const float* dy, const float* sums, float* dx, size_t n, int w) {
    size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) dx[i] = y[i] * (dy[i] - sums[i / w]);
}

static int groups(size_t n) {
    return (int)((n + 255) / 256);
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    size_t n = (size_t)rows * cols;
    float* scratch;
    cudaMalloc(&scratch, 2 * (size_t)rows * sizeof(float));
    find_max<<<groups(rows), 256>>>(x, scratch, rows, cols);
    exponentials<<<groups(n), 256>>>(x, scratch, y, n, cols);
    add_rows<<<groups(rows), 256>>>(y, scratch + rows, rows, cols);
    divide<<<groups(n), 256>>>(y, scratch + rows, n, cols);
    cudaFree(scratch);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    size_t n = (size_t)rows * cols;
    float* sums;
    cudaMalloc(&sums, (size_t)rows * sizeof(float));
    multiply<<<groups(n), 256>>>(y, dy, dx, n);
    add_rows<<<groups(rows), 256>>>(dx, sums, rows, cols);
    finish<<<groups(n), 256>>>(y, dy, sums, dx, n, cols);
    cudaFree(sums);
}
