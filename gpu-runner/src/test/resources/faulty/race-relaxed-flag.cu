#include <cuda/atomic>
__device__ cuda::atomic<int, cuda::thread_scope_device> ready;
__global__ void k(float* data, int* ints) {
    if (threadIdx.x != 0) return;
    if (blockIdx.x == 1) {
        ints[3] = 42;  // <- global-race
        ready.store(1, cuda::memory_order_relaxed);
    } else {
        while (ready.load(cuda::memory_order_acquire) == 0) {}
        ints[4] = ints[3];
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
