#include <cooperative_groups.h>
namespace cg = cooperative_groups;
__global__ void k(float* data, int* ints) {
    int i = blockIdx.x * 32 + threadIdx.x;
    for (int step = 0; step < 3; step++) {
        float* from = step & 1 ? data : (float*)ints;
        float* to = step & 1 ? (float*)ints : data;
        to[i] = from[(i + 32) % 64] + 1;
        cg::this_grid().sync();
    }
}
extern "C" void solve(float* data, int* ints, int n) { void* args[] = {&data, &ints}; cudaLaunchCooperativeKernel((void*)k, dim3(2), dim3(32), args, 0, 0); }
