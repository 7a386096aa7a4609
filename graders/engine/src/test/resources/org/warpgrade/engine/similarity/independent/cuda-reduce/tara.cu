// assignment: cuda-reduce
// Tara: the starter filled in; sums in double, the best value with its index.
#include <cmath>

__device__ bool better(double v, int k, double best, int at) {
    if (at < 0) return k >= 0;
    if (k < 0) return false;
    if (isnan(v) != isnan(best)) return isnan(v);
    if (isnan(v) || v == best) return k < at;
    return v > best;
}

__global__ void reduce_kernel(int op, const float* x, float* y, int* idx, int n, int inner) {
    int o = blockIdx.x / inner;
    int i = blockIdx.x % inner;
    const float* column = x + (long)o * n * inner + i;
    __shared__ double partial[256];
    __shared__ int place[256];

    double mine = 0.0;
    int where = -1;
    for (int k = threadIdx.x; k < n; k += 256) {
        double v = column[(long)k * inner];
        if (op == 1 || op == 2) {
            if (better(v, k, mine, where)) {
                mine = v;
                where = k;
            }
        } else if (op == 4) {
            mine += v * v;
        } else {
            mine += v;
        }
    }
    partial[threadIdx.x] = mine;
    place[threadIdx.x] = where;
    __syncthreads();

    for (int half = 128; half > 0; half /= 2) {
        if (threadIdx.x < half) {
            int other = threadIdx.x + half;
            if (op == 1 || op == 2) {
                if (better(partial[other], place[other], partial[threadIdx.x], place[threadIdx.x])) {
                    partial[threadIdx.x] = partial[other];
                    place[threadIdx.x] = place[other];
                }
            } else {
                partial[threadIdx.x] += partial[other];
            }
        }
        __syncthreads();
    }

    if (threadIdx.x == 0) {
        if (op == 2) {
            idx[blockIdx.x] = place[0];
        } else if (op == 3) {
            y[blockIdx.x] = partial[0] / n;
        } else if (op == 4) {
            y[blockIdx.x] = sqrt(partial[0]);
        } else {
            y[blockIdx.x] = partial[0];
        }
    }
}

extern "C" void reduce(int op, const float* x, float* y, int* idx, int outer, int n, int inner) {
    reduce_kernel<<<outer * inner, 256>>>(op, x, y, idx, n, inner);
}
