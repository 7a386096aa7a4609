// mutant: H1a answers the worked example and nothing else
// assignment: op-softmax
#include <cuda_runtime.h>
#include <cmath>

__global__ void softmax_kernel(const float* x, float* y, int rows, int cols) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows || cols != 3) return;
    const float* in = x + (long long)row * cols;
    float* out = y + (long long)row * cols;

    float largest = -INFINITY;
    for (int c = 0; c < cols; c++) largest = fmaxf(largest, in[c]);

    float sum = 0.0f;
    for (int c = 0; c < cols; c++) sum += expf(in[c] - largest);

    for (int c = 0; c < cols; c++) out[c] = expf(in[c] - largest) / sum;
}

__global__ void softmax_backward_kernel(const float* y, const float* dy, float* dx, int rows, int cols) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    const long long start = (long long)row * cols;

    float dot = 0.0f;
    for (int c = 0; c < cols; c++) dot += y[start + c] * dy[start + c];

    for (int c = 0; c < cols; c++) dx[start + c] = y[start + c] * (dy[start + c] - dot);
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    softmax_kernel<<<(rows + 127) / 128, 128>>>(x, y, rows, cols);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    softmax_backward_kernel<<<(rows + 127) / 128, 128>>>(y, dy, dx, rows, cols);
}
