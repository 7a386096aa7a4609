// mutant: H6 adds a row up in another order when the batch is small, so that a row alone differs in its last bits

__device__ float warp_sum(float v) {
    for (int step = 16; step > 0; step /= 2) v += __shfl_xor_sync(0xffffffffu, v, step);
    return v;
}

__global__ void layernorm_rows(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    const float* in = x + (size_t)row * cols;
    float* out = y + (size_t)row * cols;
    float sum = 0.0f;
    for (int c = 0; c < cols; c++) sum += in[c];
    float m = sum / cols;
    float squares = 0.0f;
    for (int c = 0; c < cols; c++) squares += (in[c] - m) * (in[c] - m);
    float r = 1.0f / sqrtf(squares / cols + eps);
    for (int c = 0; c < cols; c++) out[c] = (in[c] - m) * r * g[c] + (b ? b[c] : 0.0f);
    mean[row] = m;
    rstd[row] = r;
}

__global__ void layernorm_warps(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    const float* in = x + (size_t)blockIdx.x * cols;
    float* out = y + (size_t)blockIdx.x * cols;
    int lane = threadIdx.x;
    float sum = 0.0f;
    for (int c = lane; c < cols; c += 32) sum += in[c];
    float m = warp_sum(sum) / cols;
    float squares = 0.0f;
    for (int c = lane; c < cols; c += 32) squares += (in[c] - m) * (in[c] - m);
    float r = 1.0f / sqrtf(warp_sum(squares) / cols + eps);
    for (int c = lane; c < cols; c += 32) out[c] = (in[c] - m) * r * g[c] + (b ? b[c] : 0.0f);
    if (lane == 0) {
        mean[blockIdx.x] = m;
        rstd[blockIdx.x] = r;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    if (rows >= 4) {
        layernorm_rows<<<(rows + 63) / 64, 64>>>(x, g, b, y, mean, rstd, rows, cols, eps);
    } else if (rows > 0) {
        layernorm_warps<<<rows, 32>>>(x, g, b, y, mean, rstd, rows, cols, eps);
    }
}
