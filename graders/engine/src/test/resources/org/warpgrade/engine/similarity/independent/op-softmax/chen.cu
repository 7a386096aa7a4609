// assignment: op-softmax
// One warp for a row, four rows in a block. No shared memory at all.
#include <cmath>

#define FULL 0xffffffffu

static __device__ float warpMax(float v)
{
    v = fmaxf(v, __shfl_xor_sync(FULL, v, 16));
    v = fmaxf(v, __shfl_xor_sync(FULL, v, 8));
    v = fmaxf(v, __shfl_xor_sync(FULL, v, 4));
    v = fmaxf(v, __shfl_xor_sync(FULL, v, 2));
    return fmaxf(v, __shfl_xor_sync(FULL, v, 1));
}

static __device__ float warpSum(float v)
{
    v += __shfl_xor_sync(FULL, v, 16);
    v += __shfl_xor_sync(FULL, v, 8);
    v += __shfl_xor_sync(FULL, v, 4);
    v += __shfl_xor_sync(FULL, v, 2);
    return v + __shfl_xor_sync(FULL, v, 1);
}

__global__ void __launch_bounds__(128) softmaxWarp(const float* __restrict__ in, float* __restrict__ out, int rowCount, int width)
{
    int lane = threadIdx.x & 31;
    int line = blockIdx.x * 4 + (threadIdx.x >> 5);
    if (line < rowCount)
    {
        in += (long)line * width;
        out += (long)line * width;
        float hi = -INFINITY;
        int k = lane;
        while (k < width)
        {
            hi = fmaxf(hi, in[k]);
            k += 32;
        }
        hi = warpMax(hi);
        float z = 0;
        k = lane;
        while (k < width)
        {
            z += expf(in[k] - hi);
            k += 32;
        }
        z = warpSum(z);
        k = lane;
        while (k < width)
        {
            out[k] = expf(in[k] - hi) / z;
            k += 32;
        }
    }
}

__global__ void __launch_bounds__(128) gradWarp(const float* __restrict__ prob, const float* __restrict__ up,
                                                float* __restrict__ down, int rowCount, int width)
{
    int lane = threadIdx.x & 31;
    long line = blockIdx.x * 4 + (threadIdx.x >> 5);
    if (line >= rowCount) return;
    float acc = 0;
    for (long k = line * width + lane; k < (line + 1) * width; k += 32) acc += prob[k] * up[k];
    acc = warpSum(acc);
    for (long k = line * width + lane; k < (line + 1) * width; k += 32) down[k] = prob[k] * (up[k] - acc);
}

extern "C" void softmax(const float* x, float* y, int rows, int cols)
{
    softmaxWarp<<<(rows + 3) / 4, 128>>>(x, y, rows, cols);
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols)
{
    gradWarp<<<(rows + 3) / 4, 128>>>(y, dy, dx, rows, cols);
}
