// assignment: op-layernorm
// Two kernels: one for the statistics, one for the output. (Gus had one.)
#include <cmath>

__global__ void statistics(const float* input, double* averages, double* factors, float* mean, float* rstd, int height,
                           int width, float epsilon) {
    const int line = blockIdx.x * blockDim.x + threadIdx.x;
    if (line >= height) return;
    const float* cells = input + (size_t)line * width;
    double total = 0.0;
    int k = 0;
    while (k != width) {
        total = total + cells[k];
        k++;
    }
    const double middle = total / width;
    double squares = 0.0;
    k = 0;
    while (k != width) {
        const double away = cells[k] - middle;
        squares = squares + away * away;
        k++;
    }
    const double factor = 1.0 / sqrt(squares / width + epsilon);
    averages[line] = middle;
    factors[line] = factor;
    mean[line] = (float)middle;
    rstd[line] = (float)factor;
}

__global__ void output(const float* input, const float* weight, const float* offset, const double* averages,
                       const double* factors, float* result, int height, int width) {
    const int line = blockIdx.x * blockDim.x + threadIdx.x;
    if (line >= height) return;
    const float* cells = input + (size_t)line * width;
    for (int k = 0; k != width; ++k) {
        double value = (cells[k] - averages[line]) * factors[line] * weight[k];
        if (offset) {
            value = value + offset[k];
        }
        result[(size_t)line * width + k] = (float)value;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows,
                          int cols, float eps) {
    double* room;
    cudaMalloc(&room, 2 * sizeof(double) * rows);
    statistics<<<rows / 64 + 1, 64>>>(x, room, room + rows, mean, rstd, rows, cols, eps);
    output<<<rows / 64 + 1, 64>>>(x, g, b, room, room + rows, y, rows, cols);
    cudaFree(room);
}
