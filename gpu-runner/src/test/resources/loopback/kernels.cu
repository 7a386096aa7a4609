// What the loopback driver knows by name: its own functions run instead of these.
#include <cstdio>
#include <cooperative_groups.h>

struct Pair {
    int a;
    double b;
};

__device__ int counter = 7;

__global__ void saxpy(int n, float a, const float* x, float* y) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] += a * x[i] + 0 * counter;
}
__global__ void mixed(signed char c, double d, Pair s, short t, long long l, double* out) {
    out[0] = c, out[1] = d, out[2] = s.a, out[3] = s.b, out[4] = t, out[5] = l;
}
__global__ void speaks(int n) { printf("kernel says %d\n", n); }
__global__ void together() { cooperative_groups::this_grid().sync(); }
__global__ void roomy() {
    extern __shared__ float s[];
    s[threadIdx.x] = 0;
}
__global__ void faults() { *(volatile int*)nullptr = 1; }

extern "C" void run_saxpy(int n, float a, const float* x, float* y) { saxpy<<<2, 32>>>(n, a, x, y); }
extern "C" void run_mixed(int c, double d, Pair s, int t, long long l, double* out) {
    mixed<<<dim3(1, 1, 1), dim3(1, 1, 1)>>>((signed char)c, d, s, (short)t, l, out);
}
extern "C" void run_speaks(int n) { speaks<<<1, 1>>>(n); }
extern "C" void run_cooperative(int blocks) { cudaLaunchCooperativeKernel((void*)together, dim3(blocks), dim3(32), nullptr); }
extern "C" void run_shared(int bytes) {
    cudaFuncSetAttribute(roomy, cudaFuncAttributeMaxDynamicSharedMemorySize, bytes);
    roomy<<<1, 32, bytes>>>();
}
extern "C" void run_faults() { faults<<<1, 1>>>(); }
