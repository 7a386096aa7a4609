// mutant: S1 lets one thread do all the work

__global__ void gemm_alone(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B,
                           int ldb, float beta, float* C, int ldc) {
    for (int m = 0; m < M; m++) {
        for (int n = 0; n < N; n++) {
            float sum = 0.0f;
            for (int k = 0; k < K; k++) {
                float a = ta ? A[(size_t)k * lda + m] : A[(size_t)m * lda + k];
                float b = tb ? B[(size_t)n * ldb + k] : B[(size_t)k * ldb + n];
                sum += a * b;
            }
            float* c = C + (size_t)m * ldc + n;
            *c = beta == 0.0f ? alpha * sum : alpha * sum + beta * *c;
        }
    }
}

extern "C" void gemm(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                     float beta, float* C, int ldc) {
    if (alpha == 0.0f) K = 0;
    gemm_alone<<<1, 1>>>(ta, tb, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc);
}
