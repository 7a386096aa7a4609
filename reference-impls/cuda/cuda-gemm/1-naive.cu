// assignment: cuda-gemm
// Rung 1, naive: one thread per element of C, a dot product straight from global memory.
//
// Right, and the whole of BLAS semantics is already here: the pitches, the two transposes, and the two rules that say
// what may not be read. Slow, because every element of A is fetched N times and every element of B M times: two loads
// for one multiply-add, so the arithmetic units wait.

__global__ void gemm_naive(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B,
                           int ldb, float beta, float* C, int ldc) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;  // x runs along a row of C: neighbours write neighbours
    int m = blockIdx.y * blockDim.y + threadIdx.y;
    if (m >= M || n >= N) return;
    float sum = 0.0f;
    for (int k = 0; k < K; k++) {
        float a = ta ? A[(size_t)k * lda + m] : A[(size_t)m * lda + k];
        float b = tb ? B[(size_t)n * ldb + k] : B[(size_t)k * ldb + n];
        sum += a * b;
    }
    float* c = C + (size_t)m * ldc + n;
    *c = beta == 0.0f ? alpha * sum : alpha * sum + beta * *c;  // beta = 0: C may hold anything
}

extern "C" void gemm(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                     float beta, float* C, int ldc) {
    if (M == 0 || N == 0) return;  // a grid of 0 blocks is an error
    if (alpha == 0.0f) K = 0;      // A and B may hold anything
    dim3 threads(16, 16);
    dim3 blocks((N + 15) / 16, (M + 15) / 16);
    gemm_naive<<<blocks, threads>>>(ta, tb, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc);
}
