#include <cooperative_groups.h>
namespace cg = cooperative_groups;
__global__ void k(float* data, int* ints) {
    __shared__ float values[32];
    values[threadIdx.x] = 0;
    __syncwarp();
    if (threadIdx.x < 8) {
        auto some = cg::coalesced_threads();
        some.sync();
        data[threadIdx.x] = values[threadIdx.x + 8];  // <- shared-race
    } else {
        values[threadIdx.x] = data[threadIdx.x];
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 32>>>(data, ints); }
