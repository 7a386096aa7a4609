#include <cuda_awbarrier_primitives.h>
__global__ void kernel(const int* ints, int* out) {
    __shared__ __mbarrier_t full, empty;
    __shared__ int tile[32];
    if (threadIdx.x == 0) { __mbarrier_init(&full, 32); __mbarrier_init(&empty, 32); }
    __syncthreads();
    int lane = threadIdx.x % 32, sum = 0;
    for (int step = 0; step < 4; ++step) {
        if (threadIdx.x < 32) {
            if (step > 0) while (!__mbarrier_test_wait_parity(&empty, (step - 1) & 1)) {}
            tile[lane] = ints[(lane + step) % 64];
            __mbarrier_arrive(&full);
        } else {
            while (!__mbarrier_test_wait_parity(&full, step & 1)) {}
            sum += tile[31 - lane];
            __mbarrier_arrive(&empty);
        }
    }
    if (threadIdx.x >= 32) out[lane] = sum;
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(ints, (int*)data); }
