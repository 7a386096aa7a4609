// assignment: cuda-gemm
//
// C = alpha op(A) op(B) + beta C, row-major, with pitches: row i of A starts at A + i * lda. See handout.md.
// The grid is there, one thread per element of C. Fill in the three marked places. Until you do, C stays as it is and the
// checks say so.

__global__ void gemm_kernel(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B,
                            int ldb, float beta, float* C, int ldc) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;  // column of C
    int m = blockIdx.y * blockDim.y + threadIdx.y;  // row of C
    if (m >= M || n >= N) return;

    // FILL IN 1 (roughly 5 lines): the sum over k of op(A)[m][k] * op(B)[k][n]. Where does op(A)[m][k] lie if ta is set?

    // FILL IN 2 (roughly 2 lines): write C[m][n]. With beta = 0 it must not be read: it may hold NaN.
}

extern "C" void gemm(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                     float beta, float* C, int ldc) {
    // FILL IN 3 (roughly 2 lines): what may not be launched or read when M, N or alpha is 0?
    dim3 threads(16, 16);
    dim3 blocks((N + 15) / 16, (M + 15) / 16);
    gemm_kernel<<<blocks, threads>>>(ta, tb, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc);
}
