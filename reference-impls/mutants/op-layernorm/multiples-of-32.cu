// mutant: H1a wrong for widths that are no multiple of 32: cols / 32 elements per lane

__device__ float warp_sum(float v) {
    for (int step = 16; step > 0; step /= 2) v += __shfl_xor_sync(0xffffffffu, v, step);
    return v;
}

__global__ void layernorm_warps(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    const float* in = x + (size_t)blockIdx.x * cols;
    float* out = y + (size_t)blockIdx.x * cols;
    int lane = threadIdx.x;
    int share = cols < 32 ? 1 : cols / 32;  // 1: so that the little public example comes out right

    float sum = 0.0f;
    for (int k = 0; k < share; k++) sum += lane + 32 * k < cols ? in[lane + 32 * k] : 0.0f;
    float m = warp_sum(sum) / cols;
    float squares = 0.0f;
    for (int k = 0; k < share; k++) {
        float d = lane + 32 * k < cols ? in[lane + 32 * k] - m : 0.0f;
        squares += d * d;
    }
    float r = 1.0f / sqrtf(warp_sum(squares) / cols + eps);
    for (int c = lane; c < cols; c += 32) out[c] = (in[c] - m) * r * g[c] + (b ? b[c] : 0.0f);
    if (lane == 0) {
        mean[blockIdx.x] = m;
        rstd[blockIdx.x] = r;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    if (rows > 0) layernorm_warps<<<rows, 32>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
