// assignment: op-softmax
// Quinn follows the second hint to the letter: a block for each row, thread t takes t, t + blockDim.x, ...
#include <cuda_runtime.h>
#include <cmath>

__global__ void softmax_kernel(const float* x, float* y, int cols) {
    __shared__ float shared[128];
    const float* row = x + (long long)blockIdx.x * cols;

    float m = -INFINITY;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        m = fmaxf(m, row[c]);
    }
    shared[threadIdx.x] = m;
    __syncthreads();
    for (int stride = 64; stride > 0; stride /= 2) {
        if (threadIdx.x < stride) {
            shared[threadIdx.x] = fmaxf(shared[threadIdx.x], shared[threadIdx.x + stride]);
        }
        __syncthreads();
    }
    m = shared[0];
    __syncthreads();

    float sum = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        float e = expf(row[c] - m);
        y[(long long)blockIdx.x * cols + c] = e;
        sum += e;
    }
    shared[threadIdx.x] = sum;
    __syncthreads();
    for (int stride = 64; stride > 0; stride /= 2) {
        if (threadIdx.x < stride) {
            shared[threadIdx.x] += shared[threadIdx.x + stride];
        }
        __syncthreads();
    }
    float inverse = 1.0f / shared[0];
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        y[(long long)blockIdx.x * cols + c] *= inverse;
    }
}

__global__ void softmax_backward_kernel(const float* y, const float* dy, float* dx, int cols) {
    __shared__ float shared[128];
    float dot = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        long long i = (long long)blockIdx.x * cols + c;
        dot += y[i] * dy[i];
    }
    shared[threadIdx.x] = dot;
    __syncthreads();
    for (int stride = 64; stride > 0; stride /= 2) {
        if (threadIdx.x < stride) {
            shared[threadIdx.x] += shared[threadIdx.x + stride];
        }
        __syncthreads();
    }
    dot = shared[0];
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        long long i = (long long)blockIdx.x * cols + c;
        dx[i] = y[i] * (dy[i] - dot);
    }
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    softmax_kernel<<<rows, 128>>>(x, y, cols);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    softmax_backward_kernel<<<rows, 128>>>(y, dy, dx, cols);
}
