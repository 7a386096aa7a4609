// mutant: H3 divides 0 by 0 for a query without permitted keys
// assignment: attn-sdpa
#include <cuda_runtime.h>
#include <cmath>

typedef unsigned char u8;

__global__ void scores_kernel(const float* q, const float* k, const u8* mask, float* s, int A, int Sq, int Sk, int D,
                              float scale, long long n) {
    long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    int key = i % Sk;
    long long row = i / Sk;        // (b * A + a) * Sq + query
    long long head = row / Sq;     // b * A + a
    int query = row % Sq;
    if (mask && !mask[(head / A * Sq + query) * Sk + key]) {
        s[i] = -INFINITY;          // the key does not exist: it is not even read
        return;
    }
    const float* qr = q + row * D;
    const float* kr = k + (head * Sk + key) * D;
    float sum = 0.0f;
    for (int d = 0; d < D; d++) sum += qr[d] * kr[d];
    s[i] = sum * scale;
}

__global__ void softmax_kernel(float* s, int Sk, long long rows) {
    long long row = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    float* p = s + row * Sk;
    float largest = -INFINITY;
    for (int j = 0; j < Sk; j++) largest = fmaxf(largest, p[j]);
    float sum = 0.0f;
    for (int j = 0; j < Sk; j++) {
        p[j] = p[j] == -INFINITY ? 0.0f : expf(p[j] - largest);
        sum += p[j];
    }
    for (int j = 0; j < Sk; j++) p[j] = p[j] / sum;  // no permitted key: all 0
}

__global__ void context_kernel(const float* p, const float* v, float* out, int Sq, int Sk, int Dv, long long n) {
    long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    int d = i % Dv;
    long long row = i / Dv;
    const float* pr = p + row * Sk;
    const float* vh = v + row / Sq * Sk * Dv;
    float sum = 0.0f;
    for (int j = 0; j < Sk; j++) {
        if (pr[j] != 0.0f) sum += pr[j] * vh[(long long)j * Dv + d];  // 0 * NaN would be NaN
    }
    out[i] = sum;
}

extern "C" void sdpa(const float* q, const float* k, const float* v, const u8* mask, float* out, float* probs, int B,
                     int A, int Sq, int Sk, int D, int Dv, float scale) {
    long long rows = (long long)B * A * Sq;
    float* p = probs;
    if (!probs) cudaMalloc(&p, rows * Sk * sizeof(float));
    scores_kernel<<<(rows * Sk + 127) / 128, 128>>>(q, k, mask, p, A, Sq, Sk, D, scale, rows * Sk);
    softmax_kernel<<<(rows + 127) / 128, 128>>>(p, Sk, rows);
    context_kernel<<<(rows * Dv + 127) / 128, 128>>>(p, v, out, Sq, Sk, Dv, rows * Dv);
    if (!probs) cudaFree(p);
}
