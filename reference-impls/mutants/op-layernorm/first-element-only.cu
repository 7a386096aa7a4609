// mutant: H1a every thread normalises only its first element, so columns past the block are never written

__device__ float warp_sum(float v) {
    for (int step = 16; step > 0; step /= 2) v += __shfl_xor_sync(0xffffffffu, v, step);
    return v;
}

__global__ void layernorm_block(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    __shared__ float slots[32];
    const float* in = x + (size_t)blockIdx.x * cols;
    float* out = y + (size_t)blockIdx.x * cols;
    int t = threadIdx.x;

    float sum = 0.0f;
    for (int c = t; c < cols; c += 1024) sum += in[c];
    sum = warp_sum(sum);
    if (t % 32 == 0) slots[t / 32] = sum;
    __syncthreads();
    sum = 0.0f;
    for (int w = 0; w < 32; w++) sum += slots[w];
    float m = sum / cols;
    __syncthreads();

    float squares = 0.0f;
    for (int c = t; c < cols; c += 1024) squares += (in[c] - m) * (in[c] - m);
    squares = warp_sum(squares);
    if (t % 32 == 0) slots[t / 32] = squares;
    __syncthreads();
    squares = 0.0f;
    for (int w = 0; w < 32; w++) squares += slots[w];
    float r = 1.0f / sqrtf(squares / cols + eps);

    if (t < cols) out[t] = (in[t] - m) * r * g[t] + (b ? b[t] : 0.0f);
    if (t == 0) {
        mean[blockIdx.x] = m;
        rstd[blockIdx.x] = r;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    if (rows > 0) layernorm_block<<<rows, 1024>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
