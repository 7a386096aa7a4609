// mutant: H1 right for 2 x 2 matrices only, as in the public case

__global__ void gemm_2x2(const float* A, const float* B, float* C, int ta, int tb, float alpha, float beta) {
    int m = threadIdx.y, n = threadIdx.x;
    float a0 = ta ? A[m] : A[2 * m], a1 = ta ? A[2 + m] : A[2 * m + 1];
    float b0 = tb ? B[2 * n] : B[n], b1 = tb ? B[2 * n + 1] : B[2 + n];
    float sum = a0 * b0 + a1 * b1;
    C[2 * m + n] = beta == 0.0f ? alpha * sum : alpha * sum + beta * C[2 * m + n];
}

extern "C" void gemm(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                     float beta, float* C, int ldc) {
    gemm_2x2<<<1, dim3(2, 2)>>>(A, B, C, ta, tb, alpha, beta);
}
