// assignment: op-layernorm
// Rung 1, naive: one thread per row, three sweeps over the row.
//
// Right, and easy to check against the formula. Slow, because neighbouring threads read addresses `cols` floats apart:
// every load of a warp touches 32 different sectors, and each row is fetched from memory three times.
//
// The variance is the corrected two-pass one (Chan, Golub, LeVeque 1983): the second sweep also sums the deviations.
// In exact arithmetic that sum is 0; in float it is the rounding error of the first mean, and taking it off again
// gives rows with a large mean their last digits back.

__global__ void layernorm_rows(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd,
                               int rows, int cols, float eps) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    const float* in = x + (size_t)row * cols;
    float* out = y + (size_t)row * cols;

    float sum = 0.0f;
    for (int c = 0; c < cols; c++) sum += in[c];
    float m = sum / cols;

    float deviation = 0.0f, squares = 0.0f;
    for (int c = 0; c < cols; c++) {
        float d = in[c] - m;
        deviation += d;
        squares += d * d;
    }
    float rest = deviation / cols;
    float variance = squares / cols - rest * rest;
    if (variance < 0.0f) variance = 0.0f;  // not fmaxf: a NaN has to stay a NaN
    float r = 1.0f / sqrtf(variance + eps);

    for (int c = 0; c < cols; c++) {
        float normal = ((in[c] - m) - rest) * r;
        out[c] = normal * g[c] + (b ? b[c] : 0.0f);
    }
    mean[row] = m + rest;
    rstd[row] = r;
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows,
                          int cols, float eps) {
    int threads = 64;
    layernorm_rows<<<(rows + threads - 1) / threads, threads>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
