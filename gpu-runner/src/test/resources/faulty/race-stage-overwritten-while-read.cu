// The stage is given free before it has been read.
#include <cooperative_groups.h>
#include <cuda/pipeline>
__global__ void k(float* data, int* ints) {
    __shared__ float stage[64];
    __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, 1> state;
    auto block = cooperative_groups::this_thread_block();
    auto pipe = cuda::make_pipeline(block, &state);
    float sum = 0;
    for (int s = 0; s < 3; s++) {
        pipe.producer_acquire();
        stage[threadIdx.x] = data[threadIdx.x] + s;  // <- shared-race
        pipe.producer_commit();
        pipe.consumer_wait();
        pipe.consumer_release();
        sum += stage[63 - threadIdx.x];
    }
    ints[threadIdx.x] = (int)sum;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
