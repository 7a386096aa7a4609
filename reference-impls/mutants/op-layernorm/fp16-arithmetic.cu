// mutant: H1a rounds y to half precision
#include <cuda_fp16.h>

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
    for (int c = 0; c < cols; c++) {
        out[c] = __half2float(__float2half((in[c] - m) * r * g[c] + (b ? b[c] : 0.0f)));
    }
    mean[row] = m;
    rstd[row] = r;
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    layernorm_rows<<<(rows + 63) / 64, 64>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
