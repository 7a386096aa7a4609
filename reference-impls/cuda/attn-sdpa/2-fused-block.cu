// assignment: attn-sdpa
//
// Rung 2, fused: one block of 128 threads owns one query, from its scores to its output row.
//
// What changed: one launch instead of three, the query sits in shared memory, and the softmax of a row is reduced by the
// whole block with shuffles instead of by one thread. The row of scores is still kept in global memory, but only this
// block touches it, so it is served by the caches. Keys and values are read once per query, which rung 3 mends.
#include <cuda_runtime.h>
#include <cmath>

typedef unsigned char u8;

const int THREADS = 128;
const int WARPS = THREADS / 32;
const unsigned ALL = 0xffffffffu;

__device__ float block_max(float value, float* slots) {
    for (int offset = 16; offset > 0; offset /= 2) value = fmaxf(value, __shfl_xor_sync(ALL, value, offset));
    if (threadIdx.x % 32 == 0) slots[threadIdx.x / 32] = value;
    __syncthreads();
    value = slots[0];
    for (int w = 1; w < WARPS; w++) value = fmaxf(value, slots[w]);
    __syncthreads();
    return value;
}

__device__ float block_sum(float value, float* slots) {
    for (int offset = 16; offset > 0; offset /= 2) value += __shfl_xor_sync(ALL, value, offset);
    if (threadIdx.x % 32 == 0) slots[threadIdx.x / 32] = value;
    __syncthreads();
    value = 0.0f;
    for (int w = 0; w < WARPS; w++) value += slots[w];
    __syncthreads();
    return value;
}

__global__ void sdpa_kernel(const float* q, const float* k, const float* v, const u8* mask, float* out, float* p, int A,
                            int Sq, int Sk, int D, int Dv, float scale) {
    extern __shared__ float query[];  // [D]
    __shared__ float slots[WARPS];
    const long long row = blockIdx.x;  // (b * A + a) * Sq + query
    const long long head = row / Sq;
    const float* keys = k + head * Sk * D;
    const float* values = v + head * Sk * Dv;
    const u8* allowed = mask ? mask + (head / A * Sq + row % Sq) * Sk : nullptr;
    float* scores = p + row * Sk;

    for (int d = threadIdx.x; d < D; d += THREADS) query[d] = q[row * D + d];
    __syncthreads();

    float largest = -INFINITY;
    for (int j = threadIdx.x; j < Sk; j += THREADS) {
        float score = -INFINITY;
        if (!allowed || allowed[j]) {
            score = 0.0f;
            for (int d = 0; d < D; d++) score += query[d] * keys[(long long)j * D + d];
            score *= scale;
        }
        scores[j] = score;
        largest = fmaxf(largest, score);
    }
    largest = block_max(largest, slots);

    float sum = 0.0f;
    for (int j = threadIdx.x; j < Sk; j += THREADS) {
        scores[j] = scores[j] == -INFINITY ? 0.0f : expf(scores[j] - largest);
        sum += scores[j];
    }
    sum = block_sum(sum, slots);
    for (int j = threadIdx.x; j < Sk; j += THREADS) scores[j] = sum == 0.0f ? 0.0f : scores[j] / sum;
    __syncthreads();  // below, every thread reads what the others wrote

    for (int d = threadIdx.x; d < Dv; d += THREADS) {
        float context = 0.0f;
        for (int j = 0; j < Sk; j++) {
            if (scores[j] != 0.0f) context += scores[j] * values[(long long)j * Dv + d];
        }
        out[row * Dv + d] = context;
    }
}

extern "C" void sdpa(const float* q, const float* k, const float* v, const u8* mask, float* out, float* probs, int B,
                     int A, int Sq, int Sk, int D, int Dv, float scale) {
    int rows = B * A * Sq;
    float* p = probs;
    if (!probs) cudaMalloc(&p, (long long)rows * Sk * sizeof(float));
    sdpa_kernel<<<rows, THREADS, D * sizeof(float)>>>(q, k, v, mask, out, p, A, Sq, Sk, D, Dv, scale);
    if (!probs) cudaFree(p);
}
