// assignment: op-softmax
/* Bo: block per row, everything inside of the kernels, halving tree in dynamic shared memory. */
#include <cuda_runtime.h>
#include <math.h>

extern __shared__ float buf[];

__global__ void fwd(const float *X, float *Y, int C)
{
    const float *xr = X + (size_t)blockIdx.x * C;
    float *yr = Y + (size_t)blockIdx.x * C;
    unsigned tid = threadIdx.x, nt = blockDim.x;
    float m = -INFINITY, s = 0.f;

    for (unsigned c = tid; c < C; c += nt)
        m = fmaxf(m, xr[c]);
    buf[tid] = m;
    __syncthreads();
    for (unsigned w = nt >> 1; w; w >>= 1) {
        if (tid < w)
            buf[tid] = fmaxf(buf[tid], buf[tid + w]);
        __syncthreads();
    }
    m = buf[0];
    __syncthreads();

    for (unsigned c = tid; c < C; c += nt)
        s += expf(xr[c] - m);
    buf[tid] = s;
    __syncthreads();
    for (unsigned w = nt >> 1; w; w >>= 1) {
        if (tid < w)
            buf[tid] += buf[tid + w];
        __syncthreads();
    }
    s = buf[0];

    for (unsigned c = tid; c < C; c += nt)
        yr[c] = expf(xr[c] - m) / s;
}

__global__ void bwd(const float *Y, const float *G, float *D, int C)
{
    size_t base = (size_t)blockIdx.x * C;
    unsigned tid = threadIdx.x, nt = blockDim.x;
    float dot = 0.f;

    for (unsigned c = tid; c < C; c += nt)
        dot = fmaf(Y[base + c], G[base + c], dot);
    buf[tid] = dot;
    __syncthreads();
    for (unsigned w = nt >> 1; w; w >>= 1) {
        if (tid < w)
            buf[tid] += buf[tid + w];
        __syncthreads();
    }
    dot = buf[0];
    for (unsigned c = tid; c < C; c += nt)
        D[base + c] = Y[base + c] * (G[base + c] - dot);
}

extern "C" void softmax(const float *x, float *y, int rows, int cols)
{
    fwd<<<rows, 256, 256 * sizeof(float)>>>(x, y, cols);
}

extern "C" void softmax_backward(const float *y, const float *dy, float *dx, int rows, int cols)
{
    bwd<<<rows, 256, 256 * sizeof(float)>>>(y, dy, dx, cols);
}
