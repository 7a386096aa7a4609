// mutant: H3 evaluates beta * C also for beta = 0

__global__ void gemm_naive(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B,
                           int ldb, float beta, float* C, int ldc) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    int m = blockIdx.y * blockDim.y + threadIdx.y;
    if (m >= M || n >= N) return;
    float sum = 0.0f;
    for (int k = 0; k < K; k++) {
        float a = ta ? A[(size_t)k * lda + m] : A[(size_t)m * lda + k];
        float b = tb ? B[(size_t)n * ldb + k] : B[(size_t)k * ldb + n];
        sum += a * b;
    }
    float* c = C + (size_t)m * ldc + n;
    *c = alpha * sum + beta * *c;
}

extern "C" void gemm(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                     float beta, float* C, int ldc) {
    if (M == 0 || N == 0) return;
    if (alpha == 0.0f) K = 0;
    dim3 threads(16, 16);
    dim3 blocks((N + 15) / 16, (M + 15) / 16);
    gemm_naive<<<blocks, threads>>>(ta, tb, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc);
}
