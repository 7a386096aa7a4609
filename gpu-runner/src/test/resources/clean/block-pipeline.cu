#include <cooperative_groups.h>
#include <cuda/pipeline>
__global__ void k(float* data, int* ints) {
    __shared__ float stage[2][64];
    __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, 2> state;
    auto block = cooperative_groups::this_thread_block();
    auto pipe = cuda::make_pipeline(block, &state);
    float sum = 0;
    for (int fetch = 0, s = 0; s < 5; s++) {
        for (; fetch < 5 && fetch < s + 2; fetch++) {
            pipe.producer_acquire();
            cuda::memcpy_async(block, stage[fetch & 1], data, sizeof(float) * 64, pipe);
            pipe.producer_commit();
        }
        pipe.consumer_wait();
        sum += stage[s & 1][63 - threadIdx.x];
        pipe.consumer_release();
    }
    ints[threadIdx.x] = (int)sum;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
