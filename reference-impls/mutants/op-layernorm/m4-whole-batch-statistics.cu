// mutant: H6 takes mean and variance over the whole batch

__device__ float warp_sum(float v) {
    for (int step = 16; step > 0; step /= 2) v += __shfl_xor_sync(0xffffffffu, v, step);
    return v;
}

__global__ void layernorm_batch(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    long n = (long)rows * cols;
    float sum = 0.0f;
    for (long i = threadIdx.x; i < n; i += 32) sum += x[i];
    float m = warp_sum(sum) / n;
    float squares = 0.0f;
    for (long i = threadIdx.x; i < n; i += 32) squares += (x[i] - m) * (x[i] - m);
    float r = 1.0f / sqrtf(warp_sum(squares) / n + eps);
    for (long i = threadIdx.x; i < n; i += 32) y[i] = (x[i] - m) * r * g[i % cols] + (b ? b[i % cols] : 0.0f);
    for (int row = threadIdx.x; row < rows; row += 32) {
        mean[row] = m;
        rstd[row] = r;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    layernorm_batch<<<1, 32>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
