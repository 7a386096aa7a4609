// mutant: P1 writes zeros

__global__ void layernorm_rows(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    float* out = y + (size_t)row * cols;
    float m = 0.0f, r = 0.0f;
    for (int c = 0; c < cols; c++) {
        out[c] = 0.0f;
    }
    mean[row] = m;
    rstd[row] = r;
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    layernorm_rows<<<(rows + 63) / 64, 64>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
