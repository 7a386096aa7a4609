// assignment: op-layernorm
// Gus: two passes in one thread per row.
__global__ void norm_row(const float* in, const float* gain, const float* bias, float* out, float* mu, float* inv, int rows,
                         int cols, float eps) {
    const int id = threadIdx.x + blockIdx.x * blockDim.x;
    if (id < rows) {
        const float* p = in + (size_t)id * cols;
        double acc = 0.0;
        for (int q = 0; q != cols; ++q) acc += p[q];
        const double avg = acc / cols;
        double spread = 0.0;
        for (int q = 0; q != cols; ++q) {
            const double d = p[q] - avg;
            spread += d * d;
        }
        const double r = 1.0 / sqrt(spread / cols + eps);
        for (int q = 0; q != cols; ++q) {
            double v = (p[q] - avg) * r * gain[q];
            if (bias) v += bias[q];
            out[(size_t)id * cols + q] = (float)v;
        }
        mu[id] = (float)avg;
        inv[id] = (float)r;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows,
                          int cols, float eps) {
    norm_row<<<rows / 32 + 1, 32>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
