// assignment: op-softmax
// My own work. The tree is a function here, and the rows are counted from the grid.
#include <cuda_runtime.h>
#include <cmath>
#define STEP(v) for (int v = threadIdx.x; v < width; v += blockDim.x)

extern __shared__ float board[];

__device__ float treeOfSums(float mine) {
    board[threadIdx.x] = mine;
    __syncthreads();
    int reach = blockDim.x / 2;
    while (reach > 0) {
        if (threadIdx.x < reach) {
            board[threadIdx.x] = board[threadIdx.x] + board[threadIdx.x + reach];
        }
        __syncthreads();
        reach = reach / 2;
    }
    return board[0];
}

__device__ float treeOfMaxima(float mine) {
    board[threadIdx.x] = mine;
    __syncthreads();
    int reach = blockDim.x / 2;
    while (reach > 0) {
        if (threadIdx.x < reach) {
            board[threadIdx.x] = fmaxf(board[threadIdx.x], board[threadIdx.x + reach]);
        }
        __syncthreads();
        reach = reach / 2;
    }
    float found = board[0];
    __syncthreads();
    return found;
}

__global__ void gradientOfRows(const float* probability, const float* upstream, float* downstream, int width) {
    const size_t first = (size_t)blockIdx.x * width;
    float product = 0.0f;
    STEP(place) product = fmaf(probability[first + place], upstream[first + place], product);
    product = treeOfSums(product);
    STEP(place) downstream[first + place] = probability[first + place] * (upstream[first + place] - product);
}

__global__ void normaliseRows(const float* logits, float* result, int width) {
    const float* from = logits + (size_t)blockIdx.x * width;
    float* to = result + (size_t)blockIdx.x * width;
    float highest = -INFINITY;
    STEP(place) highest = fmaxf(highest, from[place]);
    highest = treeOfMaxima(highest);
    float volume = 0.0f;
    STEP(place) volume += expf(from[place] - highest);
    volume = treeOfSums(volume);
    STEP(place) to[place] = expf(from[place] - highest) / volume;
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    gradientOfRows<<<rows, 128, 128 * sizeof(float)>>>(y, dy, dx, cols);
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    normaliseRows<<<rows, 128, 128 * sizeof(float)>>>(x, y, cols);
}
