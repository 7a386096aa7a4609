// mutant: H1a normalises every column instead of every row
// assignment: op-softmax
#include <cuda_runtime.h>
#include <cmath>

__global__ void softmax_kernel(const float* x, float* y, int rows, int cols) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (col >= cols) return;

    float largest = -INFINITY;
    for (int r = 0; r < rows; r++) largest = fmaxf(largest, x[(long long)r * cols + col]);

    float sum = 0.0f;
    for (int r = 0; r < rows; r++) sum += expf(x[(long long)r * cols + col] - largest);

    for (int r = 0; r < rows; r++) y[(long long)r * cols + col] = expf(x[(long long)r * cols + col] - largest) / sum;
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
    softmax_kernel<<<(cols + 127) / 128, 128>>>(x, y, rows, cols);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    softmax_backward_kernel<<<(rows + 127) / 128, 128>>>(y, dy, dx, rows, cols);
}
