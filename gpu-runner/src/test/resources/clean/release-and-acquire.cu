// cuda::atomic of the default orders, and the instructions themselves.
#include <cuda/atomic>
__device__ cuda::atomic<int, cuda::thread_scope_device> first;
__device__ int second, third;
__global__ void k(float* data, int* ints) {
    if (threadIdx.x != 0) return;
    int seen = 0;
    switch (blockIdx.x) {
        case 0:
            ints[0] = 42;
            first.store(1, cuda::memory_order_release);
            break;
        case 1:
            while (first.load(cuda::memory_order_acquire) == 0) {}
            ints[1] = ints[0] + 1;
            asm volatile("st.release.gpu.global.s32 [%0], 1;" : : "l"(&second) : "memory");
            break;
        case 2:
            while (seen == 0) asm volatile("ld.acquire.gpu.global.s32 %0, [%1];" : "=r"(seen) : "l"(&second) : "memory");
            ints[2] = ints[1] + ints[0];
            asm volatile("red.release.gpu.global.add.s32 [%0], 1;" : : "l"(&third) : "memory");
            break;
        default:
            while (seen == 0) {
                asm volatile("atom.acq_rel.gpu.global.add.s32 %0, [%1], 0;" : "=r"(seen) : "l"(&third) : "memory");
            }
            ints[3] = ints[2] + ints[1];
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 32>>>(data, ints); }
