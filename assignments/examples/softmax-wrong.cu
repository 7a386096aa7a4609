// assignment: op-softmax
//
// The same idea with a mistake that small tests never see: each thread looks at one element of its row, so rows that
// are longer than the block lose their tail.
#include <cuda_runtime.h>

#define THREADS 256

__device__ float warp_max(float value) {
    for (int offset = 16; offset > 0; offset /= 2) {
        value = fmaxf(value, __shfl_xor_sync(0xffffffffu, value, offset));
    }
    return value;
}

__device__ float warp_sum(float value) {
    for (int offset = 16; offset > 0; offset /= 2) {
        value += __shfl_xor_sync(0xffffffffu, value, offset);
    }
    return value;
}

__global__ void softmax_kernel(const float* x, float* y, int cols) {
    __shared__ float partial[THREADS / 32];
    int c = threadIdx.x;
    const float* row = x + (size_t)blockIdx.x * cols;

    float value = c < cols ? row[c] : -__int_as_float(0x7f800000);
    float largest = warp_max(value);
    if (c % 32 == 0) partial[c / 32] = largest;
    __syncthreads();
    for (int warp = 0; warp < THREADS / 32; ++warp) largest = fmaxf(largest, partial[warp]);
    __syncthreads();

    float e = c < cols ? expf(value - largest) : 0.0f;
    float sum = warp_sum(e);
    if (c % 32 == 0) partial[c / 32] = sum;
    __syncthreads();
    sum = 0.0f;
    for (int warp = 0; warp < THREADS / 32; ++warp) sum += partial[warp];

    if (c < cols) y[(size_t)blockIdx.x * cols + c] = e / sum;
}

__global__ void softmax_backward_kernel(const float* y, const float* dy, float* dx, int cols) {
    __shared__ float partial[THREADS / 32];
    size_t row = (size_t)blockIdx.x * cols;
    float dot = 0.0f;
    for (int c = threadIdx.x; c < cols; c += THREADS) dot += y[row + c] * dy[row + c];
    dot = warp_sum(dot);
    if (threadIdx.x % 32 == 0) partial[threadIdx.x / 32] = dot;
    __syncthreads();
    dot = 0.0f;
    for (int warp = 0; warp < THREADS / 32; ++warp) dot += partial[warp];
    for (int c = threadIdx.x; c < cols; c += THREADS) dx[row + c] = y[row + c] * (dy[row + c] - dot);
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    softmax_kernel<<<rows, THREADS>>>(x, y, cols);
    cudaDeviceSynchronize();
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    softmax_backward_kernel<<<rows, THREADS>>>(y, dy, dx, cols);
    cudaDeviceSynchronize();
}
