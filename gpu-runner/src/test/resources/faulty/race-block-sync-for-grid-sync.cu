#include <cooperative_groups.h>
namespace cg = cooperative_groups;
__global__ void k(float* data, int* ints) {
    int i = blockIdx.x * 32 + threadIdx.x;
    ints[i] = i + 1;  // <- global-race
    cg::this_thread_block().sync();
    data[i] = ints[63 - i];
}
extern "C" void solve(float* data, int* ints, int n) { void* args[] = {&data, &ints}; cudaLaunchCooperativeKernel((void*)k, dim3(2), dim3(32), args, 0, 0); }
