// assignment: op-softmax
//
// Rung 3, online softmax with warp shuffles: maximum and sum are found in one pass (Milakov and Gimelshein, 2018).
//
// What changed: each thread keeps a pair (m, d) = (largest value so far, sum of exp(v - m) so far). When m grows, d is
// rescaled by exp(m_old - m_new). Two pairs merge the same way, so one reduction replaces two and the row is read twice
// instead of three times. Shuffles pass values between registers, so a row costs one barrier instead of twenty.
//
// The price is care at the edges: -inf - -inf is NaN, so a thread that has seen nothing but -inf must not exponentiate.
#include <cuda_runtime.h>
#include <cmath>

const int WARPS = 8;  // most warps of a block; a short row gets fewer
const unsigned ALL = 0xffffffffu;

struct Pair {
    float m;  // largest value
    float d;  // sum of exp(value - m)
};

__device__ Pair with(Pair p, float v) {
    if (v > p.m) {
        // expf(v - v) is 1, and NaN for +inf: a row with +inf is all NaN, as the formula says
        p.d = p.d * expf(p.m - v) + expf(v - v);
        p.m = v;
    } else if (v != -INFINITY || p.m != -INFINITY) {
        p.d += expf(v - p.m);
    }
    return p;
}

__device__ float rescale(float m, float merged) {
    return m == merged ? 1.0f : expf(m - merged);
}

__device__ Pair merge(Pair a, Pair b) {
    Pair merged;
    merged.m = fmaxf(a.m, b.m);
    merged.d = a.d * rescale(a.m, merged.m) + b.d * rescale(b.m, merged.m);
    return merged;
}

__device__ Pair warp_merge(Pair p) {
    for (int offset = 16; offset > 0; offset /= 2) {
        Pair other;
        other.m = __shfl_xor_sync(ALL, p.m, offset);
        other.d = __shfl_xor_sync(ALL, p.d, offset);
        p = merge(p, other);
    }
    return p;
}

__device__ float warp_sum(float value) {
    for (int offset = 16; offset > 0; offset /= 2) value += __shfl_xor_sync(ALL, value, offset);
    return value;
}

__global__ void softmax_kernel(const float* x, float* y, int cols) {
    __shared__ Pair partial[WARPS];
    const long long start = (long long)blockIdx.x * cols;

    Pair p = {-INFINITY, 0.0f};
    for (int c = threadIdx.x; c < cols; c += blockDim.x) p = with(p, x[start + c]);
    p = warp_merge(p);
    if (threadIdx.x % 32 == 0) partial[threadIdx.x / 32] = p;
    __syncthreads();
    p = partial[0];
    for (int w = 1; w < blockDim.x / 32; w++) p = merge(p, partial[w]);

    for (int c = threadIdx.x; c < cols; c += blockDim.x) y[start + c] = expf(x[start + c] - p.m) / p.d;
}

__global__ void softmax_backward_kernel(const float* y, const float* dy, float* dx, int cols) {
    __shared__ float partial[WARPS];
    const long long start = (long long)blockIdx.x * cols;

    float dot = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) dot += y[start + c] * dy[start + c];
    dot = warp_sum(dot);
    if (threadIdx.x % 32 == 0) partial[threadIdx.x / 32] = dot;
    __syncthreads();
    dot = 0.0f;
    for (int w = 0; w < blockDim.x / 32; w++) dot += partial[w];

    for (int c = threadIdx.x; c < cols; c += blockDim.x) dx[start + c] = y[start + c] * (dy[start + c] - dot);
}

int block_size(int cols) {
    return cols < 32 * WARPS ? (cols + 31) / 32 * 32 : 32 * WARPS;
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    softmax_kernel<<<rows, block_size(cols)>>>(x, y, cols);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    softmax_backward_kernel<<<rows, block_size(cols)>>>(y, dy, dx, cols);
}
