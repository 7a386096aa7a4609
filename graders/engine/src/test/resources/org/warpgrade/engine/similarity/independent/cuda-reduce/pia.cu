// assignment: cuda-reduce
// Pia: 256 threads, two arrays in shared memory, every case of op written out.
#include <math.h>

__global__ void pia_reduce(int op, const float* x, float* y, int* idx, int n, int inner)
{
    __shared__ double value[256];
    __shared__ int index[256];
    const int tid = threadIdx.x;
    const int o = blockIdx.x / inner;
    const int i = blockIdx.x - o * inner;
    double acc;
    int at = tid < n ? tid : -1;

    if (op == 1 || op == 2)
        acc = tid < n ? x[((long)o * n + tid) * inner + i] : -INFINITY;
    else
        acc = 0;

    for (int k = tid; k < n; k += 256)
    {
        float v = x[((long)o * n + k) * inner + i];
        switch (op)
        {
            case 0: case 3: acc += v; break;
            case 4: acc += (double)v * v; break;
            case 1: case 2:
                if (!isnan(acc) && (isnan(v) || v > acc)) { acc = v; at = k; }
                break;
        }
    }
    value[tid] = acc;
    index[tid] = at;

    for (int s = 128; s >= 1; s = s / 2)
    {
        __syncthreads();
        if (tid < s)
        {
            double other = value[tid + s];
            int where = index[tid + s];
            if (op == 1 || op == 2)
            {
                bool take = false;
                if (where >= 0)
                {
                    if (index[tid] < 0) take = true;
                    else if (isnan(other)) take = !isnan(value[tid]) || where < index[tid];
                    else if (isnan(value[tid])) take = false;
                    else if (other > value[tid]) take = true;
                    else if (other == value[tid]) take = where < index[tid];
                }
                if (take) { value[tid] = other; index[tid] = where; }
            }
            else value[tid] += other;
        }
    }

    if (tid == 0)
    {
        if (op == 0 || op == 1) y[blockIdx.x] = value[0];
        if (op == 2) idx[blockIdx.x] = index[0];
        if (op == 3) y[blockIdx.x] = value[0] / n;
        if (op == 4) y[blockIdx.x] = sqrt(value[0]);
    }
}

extern "C" void reduce(int op, const float* x, float* y, int* idx, int outer, int n, int inner)
{
    pia_reduce<<<outer * inner, 256>>>(op, x, y, idx, n, inner);
}
