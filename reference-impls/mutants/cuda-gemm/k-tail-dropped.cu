// mutant: H1 rounds the number of tiles along K down

const int TILE = 16;

// Tile (row0, col0) of a matrix of rows x cols whose rows are `pitch` apart; element (i, j) is put to tile[i][j], or to
// tile[j][i] if `turn`. Outside of the matrix there are zeros, which add nothing.
__device__ void load_tile(float (*tile)[TILE + 1], const float* p, int pitch, int rows, int cols, int row0, int col0,
                          bool turn) {
    int i = row0 + threadIdx.y, j = col0 + threadIdx.x;
    float v = i < rows && j < cols ? p[(size_t)i * pitch + j] : 0.0f;
    if (turn) tile[threadIdx.x][threadIdx.y] = v;
    else tile[threadIdx.y][threadIdx.x] = v;
}

__global__ void gemm_tiles(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B,
                           int ldb, float beta, float* C, int ldc) {
    __shared__ float a[TILE][TILE + 1];  // a[m][k]
    __shared__ float b[TILE][TILE + 1];  // b[k][n]
    int m0 = blockIdx.y * TILE, n0 = blockIdx.x * TILE;
    float sum = 0.0f;
    for (int k0 = 0; k0 + TILE <= K || (k0 == 0 && K > 0); k0 += TILE) {
        if (ta) load_tile(a, A, lda, K, M, k0, m0, true);
        else load_tile(a, A, lda, M, K, m0, k0, false);
        if (tb) load_tile(b, B, ldb, N, K, n0, k0, true);
        else load_tile(b, B, ldb, K, N, k0, n0, false);
        __syncthreads();  // the tiles are complete
        for (int k = 0; k < TILE; k++) sum += a[threadIdx.y][k] * b[k][threadIdx.x];
        __syncthreads();  // nobody reads them any more
    }
    int m = m0 + threadIdx.y, n = n0 + threadIdx.x;
    if (m >= M || n >= N) return;  // only now: every thread has to reach the barriers
    float* c = C + (size_t)m * ldc + n;
    *c = beta == 0.0f ? alpha * sum : alpha * sum + beta * *c;
}

extern "C" void gemm(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                     float beta, float* C, int ldc) {
    if (M == 0 || N == 0) return;
    if (alpha == 0.0f) K = 0;
    dim3 threads(TILE, TILE);
    dim3 blocks((N + TILE - 1) / TILE, (M + TILE - 1) / TILE);
    gemm_tiles<<<blocks, threads>>>(ta, tb, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc);
}
