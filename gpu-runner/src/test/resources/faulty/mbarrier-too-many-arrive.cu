#include <cuda_awbarrier_primitives.h>
__global__ void kernel(int* ints) {
    __shared__ __mbarrier_t bar;
    if (threadIdx.x == 0) __mbarrier_init(&bar, 32);
    __syncthreads();
    __mbarrier_token_t token = __mbarrier_arrive(&bar);
    while (!__mbarrier_test_wait(&bar, token)) {}
    ints[threadIdx.x] += 1;
    if (threadIdx.x == 0) asm volatile("mbarrier.arrive.shared.b64 _, [%0], 33;" : : "r"((unsigned)__cvta_generic_to_shared(&bar)) : "memory");  // <- api-misuse
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(ints); }
