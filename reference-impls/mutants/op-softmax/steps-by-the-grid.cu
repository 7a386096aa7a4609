// mutant: H1b threads go on by the number of blocks, gridDim.x, where they should by the number of threads
// assignment: op-softmax
#include <cuda_runtime.h>
#include <cmath>

const int THREADS = 256;  // most threads of a block; a power of two, as the tree needs

// Every thread gets the sum (or maximum) over the block. Two barriers guard the buffer: one before the tree reads what
// the threads wrote, one at the end so that the next reduction may overwrite it.
__device__ float block_max(float value, float* partial) {
    int t = threadIdx.x;
    partial[t] = value;
    __syncthreads();
    for (int half = blockDim.x / 2; half > 0; half /= 2) {
        if (t < half) partial[t] = fmaxf(partial[t], partial[t + half]);
        __syncthreads();
    }
    float result = partial[0];
    __syncthreads();
    return result;
}

__device__ float block_sum(float value, float* partial) {
    int t = threadIdx.x;
    partial[t] = value;
    __syncthreads();
    for (int half = blockDim.x / 2; half > 0; half /= 2) {
        if (t < half) partial[t] += partial[t + half];
        __syncthreads();
    }
    float result = partial[0];
    __syncthreads();
    return result;
}

__global__ void softmax_kernel(const float* x, float* y, int cols) {
    __shared__ float partial[THREADS];
    const long long start = (long long)blockIdx.x * cols;

    float largest = -INFINITY;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) largest = fmaxf(largest, x[start + c]);
    largest = block_max(largest, partial);

    float sum = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) sum += expf(x[start + c] - largest);
    sum = block_sum(sum, partial);

    for (int c = threadIdx.x; c < cols; c += gridDim.x) y[start + c] = expf(x[start + c] - largest) / sum;
}

__global__ void softmax_backward_kernel(const float* y, const float* dy, float* dx, int cols) {
    __shared__ float partial[THREADS];
    const long long start = (long long)blockIdx.x * cols;

    float dot = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) dot += y[start + c] * dy[start + c];
    dot = block_sum(dot, partial);

    for (int c = threadIdx.x; c < cols; c += blockDim.x) dx[start + c] = y[start + c] * (dy[start + c] - dot);
}

int block_size(int cols) {
    int threads = 32;
    while (threads < cols && threads < THREADS) threads *= 2;
    return threads;
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    softmax_kernel<<<rows, block_size(cols)>>>(x, y, cols);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    softmax_backward_kernel<<<rows, block_size(cols)>>>(y, dy, dx, cols);
}
