// assignment: op-softmax
// Amelie: a thread takes a whole row.
#include <cuda_runtime.h>
#include <cmath>

__global__ void rowwise_softmax(const float* logits, float* probabilities, int rows, int cols) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    const float* mine = logits + (long long)row * cols;
    float* target = probabilities + (long long)row * cols;

    float biggest = mine[0];
    for (int j = 1; j < cols; j++) {
        if (mine[j] > biggest || mine[j] != mine[j]) biggest = mine[j];
        if (biggest != biggest) break;
    }
    double total = 0;
    for (int j = 0; j < cols; j++) {
        float e = expf(mine[j] - biggest);
        target[j] = e;
        total += e;
    }
    float scale = (float)(1.0 / total);
    for (int j = 0; j < cols; j++) target[j] *= scale;
}

__global__ void rowwise_gradient(const float* p, const float* grad, float* result, int rows, int cols) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    long long at = (long long)row * cols;
    double inner = 0;
    for (int j = 0; j < cols; j++) inner += (double)p[at + j] * grad[at + j];
    for (int j = 0; j < cols; j++) result[at + j] = p[at + j] * (grad[at + j] - (float)inner);
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    int threads = 64;
    rowwise_softmax<<<(rows + threads - 1) / threads, threads>>>(x, y, rows, cols);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    int threads = 64;
    rowwise_gradient<<<(rows + threads - 1) / threads, threads>>>(y, dy, dx, rows, cols);
}
