// mutant: H1 splits K over four blocks that add into scratch memory which was never cleared

__global__ void partial_products(int ta, int tb, int M, int N, int K, const float* A, int lda, const float* B, int ldb,
                                 float* scratch) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    int m = blockIdx.y * blockDim.y + threadIdx.y;
    if (m >= M || n >= N) return;
    int share = (K + 3) / 4, from = blockIdx.z * share, to = min(K, from + share);
    float sum = 0.0f;
    for (int k = from; k < to; k++) {
        float a = ta ? A[(size_t)k * lda + m] : A[(size_t)m * lda + k];
        float b = tb ? B[(size_t)n * ldb + k] : B[(size_t)k * ldb + n];
        sum += a * b;
    }
    scratch[((size_t)blockIdx.z * M + m) * N + n] += sum;
}

__global__ void combine(int M, int N, float alpha, const float* scratch, float beta, float* C, int ldc) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    int m = blockIdx.y * blockDim.y + threadIdx.y;
    if (m >= M || n >= N) return;
    float sum = 0.0f;
    for (int z = 0; z < 4; z++) sum += scratch[((size_t)z * M + m) * N + n];
    float* c = C + (size_t)m * ldc + n;
    *c = beta == 0.0f ? alpha * sum : alpha * sum + beta * *c;
}

extern "C" void gemm(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                     float beta, float* C, int ldc) {
    if (M == 0 || N == 0) return;
    if (alpha == 0.0f) K = 0;
    float* scratch;
    cudaMalloc(&scratch, (size_t)4 * M * N * sizeof(float));
    dim3 threads(16, 16);
    dim3 blocks((N + 15) / 16, (M + 15) / 16);
    partial_products<<<dim3(blocks.x, blocks.y, 4), threads>>>(ta, tb, M, N, K, A, lda, B, ldb, scratch);
    combine<<<blocks, threads>>>(M, N, alpha, scratch, beta, C, ldc);
    cudaFree(scratch);
}
