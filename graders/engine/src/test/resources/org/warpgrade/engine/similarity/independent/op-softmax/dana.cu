// assignment: op-softmax
// Online softmax: maximum and sum in one sweep, pairs are merged.
#include <cuda_runtime.h>
#include <cmath>

struct Running {
    float top;
    float mass;  // sum of exp(x - top)
};

__device__ Running merge(Running l, Running r) {
    if (l.mass == 0.0f) return r;
    if (r.mass == 0.0f) return l;
    Running both;
    both.top = fmaxf(l.top, r.top);
    both.mass = l.mass * expf(l.top - both.top) + r.mass * expf(r.top - both.top);
    return both;
}

constexpr int WIDTH = 128;

__global__ void online_softmax(const float* x, float* y, int rows, int cols) {
    __shared__ Running state[WIDTH];
    for (int row = blockIdx.x; row < rows; row += gridDim.x) {
        size_t offset = (size_t)row * cols;
        Running run = {-INFINITY, 0.0f};
        for (int i = threadIdx.x; i < cols; i += WIDTH) {
            float value = x[offset + i];
            // minus infinity adds nothing, but a row of nothing else has no mass and so becomes 0/0
            if (value == -INFINITY) continue;
            Running one = {value, 1.0f};
            if (isnan(value) || isinf(value)) one.mass = NAN;
            run = merge(run, one);
        }
        state[threadIdx.x] = run;
        __syncthreads();
        for (int step = 1; step < WIDTH; step *= 2) {
            int index = 2 * step * threadIdx.x;
            if (index + step < WIDTH) state[index] = merge(state[index], state[index + step]);
            __syncthreads();
        }
        Running whole = state[0];
        for (int i = threadIdx.x; i < cols; i += WIDTH) {
            y[offset + i] = whole.mass == 0.0f ? NAN : expf(x[offset + i] - whole.top) / whole.mass;
        }
        __syncthreads();
    }
}

__global__ void softmax_grad(const float* y, const float* dy, float* dx, int rows, int cols) {
    __shared__ double part[WIDTH];
    for (int row = blockIdx.x; row < rows; row += gridDim.x) {
        const float* yr = &y[(size_t)row * cols];
        const float* gr = &dy[(size_t)row * cols];
        part[threadIdx.x] = 0.0;
        for (int i = threadIdx.x; i < cols; i += WIDTH) part[threadIdx.x] += (double)yr[i] * (double)gr[i];
        __syncthreads();
        double sum = 0.0;
        for (int k = 0; k < WIDTH; ++k) sum += part[k];
        for (int i = threadIdx.x; i < cols; i += WIDTH) dx[(size_t)row * cols + i] = (float)(yr[i] * (gr[i] - sum));
        __syncthreads();
    }
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    int blocks = rows < 1024 ? rows : 1024;
    online_softmax<<<blocks, WIDTH>>>(x, y, rows, cols);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    int blocks = rows < 1024 ? rows : 1024;
    softmax_grad<<<blocks, WIDTH>>>(y, dy, dx, rows, cols);
}
