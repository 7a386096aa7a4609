// mutant: H8 normalises y over the rows of the batch, as BatchNorm does

__global__ void statistics(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    const float* in = x + (size_t)row * cols;
    float sum = 0.0f;
    for (int c = 0; c < cols; c++) sum += in[c];
    float m = sum / cols;
    float squares = 0.0f;
    for (int c = 0; c < cols; c++) squares += (in[c] - m) * (in[c] - m);
    mean[row] = m;
    rstd[row] = 1.0f / sqrtf(squares / cols + eps);
}

__global__ void normalise_columns(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    if (c >= cols) return;
    float sum = 0.0f;
    for (int row = 0; row < rows; row++) sum += x[(size_t)row * cols + c];
    float m = sum / rows;
    float squares = 0.0f;
    for (int row = 0; row < rows; row++) {
        float d = x[(size_t)row * cols + c] - m;
        squares += d * d;
    }
    float r = 1.0f / sqrtf(squares / rows + eps);
    for (int row = 0; row < rows; row++) {
        y[(size_t)row * cols + c] = (x[(size_t)row * cols + c] - m) * r * g[c] + (b ? b[c] : 0.0f);
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    statistics<<<(rows + 63) / 64, 64>>>(x, g, b, y, mean, rstd, rows, cols, eps);
    normalise_columns<<<(cols + 63) / 64, 64>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
