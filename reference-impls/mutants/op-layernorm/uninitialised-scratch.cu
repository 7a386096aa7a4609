// mutant: H1a adds into scratch memory that was never cleared

__global__ void sum_rows(const float* x, float* sums, int cols) {
    int row = blockIdx.x;
    float sum = 0.0f;
    if (threadIdx.x == 0) {
        for (int c = 0; c < cols; c++) sum += x[(size_t)row * cols + c];
        sums[row] += sum;
    }
}

__global__ void layernorm_rows(const float* sums, const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    const float* in = x + (size_t)row * cols;
    float* out = y + (size_t)row * cols;
    float m = sums[row] / cols;
    float squares = 0.0f;
    for (int c = 0; c < cols; c++) squares += (in[c] - m) * (in[c] - m);
    float r = 1.0f / sqrtf(squares / cols + eps);
    for (int c = 0; c < cols; c++) out[c] = (in[c] - m) * r * g[c] + (b ? b[c] : 0.0f);
    mean[row] = m;
    rstd[row] = r;
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    if (rows == 0) return;
    float* sums;
    cudaMalloc(&sums, rows * sizeof(float));
    sum_rows<<<rows, 32>>>(x, sums, cols);
    layernorm_rows<<<(rows + 63) / 64, 64>>>(sums, x, g, b, y, mean, rstd, rows, cols, eps);
    cudaFree(sums);
}
