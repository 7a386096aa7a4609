// assignment: op-layernorm
// Kim: float4 where the row allows it, sums of the row kept in shared memory by the tree.
#include <cuda_runtime.h>
#include <cmath>

template <int T>
struct Tree {
    float leaf[T];

    __device__ float reduce(float v) {
        leaf[threadIdx.x] = v;
        for (int k = T / 2; k >= 1; k /= 2) {
            __syncthreads();
            if (threadIdx.x < k) leaf[threadIdx.x] += leaf[threadIdx.x + k];
        }
        __syncthreads();
        float result = leaf[0];
        __syncthreads();
        return result;
    }
};

template <int T, bool VECTOR>
__global__ void layer(const float* x, const float* gamma, const float* beta, float* y, float* mean, float* rstd, int cols,
                      float eps) {
    __shared__ Tree<T> tree;
    const float* row = x + (size_t)blockIdx.x * cols;
    float* out = y + (size_t)blockIdx.x * cols;

    float sum = 0;
    if (VECTOR) {
        const float4* quads = reinterpret_cast<const float4*>(row);
        for (int i = threadIdx.x; i < cols / 4; i += T) {
            float4 q = quads[i];
            sum += (q.x + q.y) + (q.z + q.w);
        }
    } else {
        for (int i = threadIdx.x; i < cols; i += T) sum += row[i];
    }
    float average = tree.reduce(sum) / cols;

    float deviation = 0;
    for (int i = threadIdx.x; i < cols; i += T) deviation += powf(row[i] - average, 2.0f);
    float inverse = rsqrtf(tree.reduce(deviation) / cols + eps);

    for (int i = threadIdx.x; i < cols; i += T) {
        float shifted = (row[i] - average) * inverse * gamma[i];
        out[i] = beta == nullptr ? shifted : shifted + beta[i];
    }
    if (threadIdx.x == T - 1) {
        mean[blockIdx.x] = average;
        rstd[blockIdx.x] = inverse;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows,
                          int cols, float eps) {
    if (cols % 4 == 0) {
        layer<256, true><<<rows, 256>>>(x, g, b, y, mean, rstd, cols, eps);
    } else {
        layer<256, false><<<rows, 256>>>(x, g, b, y, mean, rstd, cols, eps);
    }
}
