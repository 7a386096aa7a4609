#include <cuda_awbarrier_primitives.h>
__global__ void kernel(int* ints) {
    __shared__ __mbarrier_t bar;
    __shared__ int tile[64];
    if (threadIdx.x == 0) __mbarrier_init(&bar, 64);
    tile[threadIdx.x] = 0;
    __syncthreads();
    tile[threadIdx.x] = ints[threadIdx.x];
    __mbarrier_token_t token = __mbarrier_arrive(&bar);
    ints[threadIdx.x] = tile[63 - threadIdx.x];  // <- shared-race
    while (!__mbarrier_test_wait(&bar, token)) {}
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(ints); }
