// <cuda/barrier>: in shared memory, in global memory, with a completion function, split in arrive and wait, with threads that
// drop out, and with asynchronous copies. <cuda/pipeline>: a thread's own, a block's, one of producers and consumers.
#include <cooperative_groups.h>
#include <cuda/barrier>
#include <cuda/pipeline>
#pragma nv_diag_suppress static_var_with_dynamic_init
namespace cg = cooperative_groups;
using barrier = cuda::barrier<cuda::thread_scope_block>;

__global__ void split(const int* in, int* out) {
    __shared__ barrier bar;
    __shared__ int stage[64];
    auto block = cg::this_thread_block();
    if (block.thread_rank() == 0) init(&bar, block.size());
    block.sync();
    int i = block.thread_rank();
    for (int round = 0; round < 3; round++) {
        stage[i] = in[i] + round;
        barrier::arrival_token token = bar.arrive();
        int own = i * round;
        bar.wait(std::move(token));
        out[i] += stage[63 - i] * 10 + own;
        bar.arrive_and_wait();
    }
    // The upper half goes home; the lower half goes on among itself.
    if (i >= 32) {
        bar.arrive_and_drop();
        return;
    }
    stage[i] = i;
    bar.arrive_and_wait();
    out[i] += stage[31 - i];
}

/// The last thread to arrive runs the completion function before the others go on.
struct Sum {
    int* from;
    __device__ void operator()() {
        int sum = 0;
        for (int i = 0; i < 32; i++) sum += from[i];
        from[32] = sum;
    }
};
__global__ void completion(int* out) {
    __shared__ int values[33];
    __shared__ cuda::barrier<cuda::thread_scope_block, Sum> bar;
    if (threadIdx.x == 0) init(&bar, 32, Sum{values});
    __syncthreads();
    values[threadIdx.x] = threadIdx.x;
    bar.arrive_and_wait();
    out[64 + threadIdx.x] = values[32];
}

/// Blocks meet at a barrier in global memory.
__device__ cuda::barrier<cuda::thread_scope_device> everybody;
__global__ void prepare(int blocks) { init(&everybody, blocks); }
__global__ void across(int* out, int* parts) {
    if (threadIdx.x == 0) {
        parts[blockIdx.x] = blockIdx.x + 1;
        everybody.arrive_and_wait();
        int sum = 0;
        for (int b = 0; b < gridDim.x; b++) sum += parts[b];
        out[96 + blockIdx.x] = sum;
    }
}

__global__ void copies(const int* in, int* out) {
    __shared__ alignas(16) int tile[128];
    __shared__ barrier bar;
    auto block = cg::this_thread_block();
    if (block.thread_rank() == 0) init(&bar, block.size());
    block.sync();
    cuda::memcpy_async(block, tile, in, cuda::aligned_size_t<16>(64 * sizeof(int)), bar);
    cuda::memcpy_async(tile + 64 + threadIdx.x * 2, in + threadIdx.x * 2, 2 * sizeof(int), bar);
    bar.arrive_and_wait();
    out[104 + threadIdx.x] = tile[63 - threadIdx.x] + tile[64 + 63 - threadIdx.x];
}

template <int stages>
__global__ void thread_pipeline(const int* in, int* out) {
    __shared__ int buffer[stages][32];
    auto pipe = cuda::make_pipeline();
    int sum = 0;
    for (int fetch = 0, compute = 0; compute < 4; compute++) {
        for (; fetch < 4 && fetch < compute + stages; fetch++) {
            pipe.producer_acquire();
            cuda::memcpy_async(&buffer[fetch % stages][threadIdx.x], in + (fetch * 32 + threadIdx.x) % 64, sizeof(int), pipe);
            pipe.producer_commit();
        }
        pipe.consumer_wait();
        sum += buffer[compute % stages][threadIdx.x] * (compute + 1);
        pipe.consumer_release();
    }
    out[136 + threadIdx.x] = sum;
}

__global__ void block_pipeline(const int* in, int* out) {
    constexpr int stages = 2;
    __shared__ int buffer[stages][64];
    __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, stages> state;
    auto block = cg::this_thread_block();
    auto pipe = cuda::make_pipeline(block, &state);
    int sum = 0;
    for (int fetch = 0, compute = 0; compute < 5; compute++) {
        for (; fetch < 5 && fetch < compute + stages; fetch++) {
            pipe.producer_acquire();
            cuda::memcpy_async(block, buffer[fetch % stages], in, sizeof(int) * 64, pipe);
            pipe.producer_commit();
        }
        pipe.consumer_wait();
        sum += buffer[compute % stages][(threadIdx.x + compute) % 64];
        pipe.consumer_release();
    }
    out[168 + threadIdx.x] = sum;
}

/// One warp fetches, the other one computes.
__global__ void specialised(const int* in, int* out) {
    constexpr int stages = 2;
    __shared__ int buffer[stages][32];
    __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, stages> state;
    auto block = cg::this_thread_block();
    auto role = threadIdx.x < 32 ? cuda::pipeline_role::producer : cuda::pipeline_role::consumer;
    auto pipe = cuda::make_pipeline(block, &state, role);
    if (role == cuda::pipeline_role::producer) {
        for (int s = 0; s < 6; s++) {
            pipe.producer_acquire();
            buffer[s % stages][threadIdx.x] = in[threadIdx.x] + s;
            pipe.producer_commit();
        }
    } else {
        int sum = 0;
        for (int s = 0; s < 6; s++) {
            pipe.consumer_wait();
            sum += buffer[s % stages][63 - threadIdx.x];
            pipe.consumer_release();
        }
        out[232 + threadIdx.x - 32] = sum;
    }
}

extern "C" void solve(const int* in, int* out, int* parts) {
    split<<<1, 64>>>(in, out);
    completion<<<1, 32>>>(out);
    prepare<<<1, 1>>>(4);
    across<<<4, 32>>>(out, parts);
    copies<<<1, 32>>>(in, out);
    thread_pipeline<2><<<1, 32>>>(in, out);
    block_pipeline<<<1, 64>>>(in, out);
    specialised<<<1, 64>>>(in, out);
}
