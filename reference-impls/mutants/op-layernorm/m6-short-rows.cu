// mutant: H1a wrong for rows shorter than the block: every thread takes a first element without asking

__global__ void layernorm_block(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    __shared__ float part[256];
    const float* in = x + (size_t)blockIdx.x * cols;
    float* out = y + (size_t)blockIdx.x * cols;
    int t = threadIdx.x;

    float sum = in[t];
    for (int c = t + 256; c < cols; c += 256) sum += in[c];
    part[t] = sum;
    __syncthreads();
    for (int half = 128; half > 0; half /= 2) {
        if (t < half) part[t] += part[t + half];
        __syncthreads();
    }
    float m = part[0] / cols;
    __syncthreads();

    float squares = 0.0f;
    for (int c = t; c < cols; c += 256) squares += (in[c] - m) * (in[c] - m);
    part[t] = squares;
    __syncthreads();
    for (int half = 128; half > 0; half /= 2) {
        if (t < half) part[t] += part[t + half];
        __syncthreads();
    }
    float r = 1.0f / sqrtf(part[0] / cols + eps);

    for (int c = t; c < cols; c += 256) out[c] = (in[c] - m) * r * g[c] + (b ? b[c] : 0.0f);
    if (t == 0) {
        mean[blockIdx.x] = m;
        rstd[blockIdx.x] = r;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows, int cols, float eps) {
    if (rows > 0) layernorm_block<<<rows, 256>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
