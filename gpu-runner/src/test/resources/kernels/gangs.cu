// Blocks of several warps that run together for a while, part, and meet again. Each kernel writes out[i] for every i < n
// that it has a thread for, and what it writes does not depend on the order of its warps.

__device__ int warp_sum(int v) {
    for (int offset = 16; offset > 0; offset /= 2) v += __shfl_xor_sync(0xffffffff, v, offset);
    return v;
}

// All warps the same way, through shuffles, votes, barriers and a barrier that counts.
__global__ void together(const int* x, int* out, int n) {
    __shared__ int part[32];
    int i = blockIdx.x * blockDim.x + threadIdx.x, warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    int v = i < n ? x[i] : 0;
    int sum = warp_sum(v);
    if (lane == 0) part[warp] = sum;
    __syncthreads();
    int all = warp_sum(lane < blockDim.x / 32 ? part[lane] : 0);
    int odd = __popc(__ballot_sync(0xffffffff, v & 1));
    int other = __shfl_sync(0xffffffff, v, (lane * 7 + odd) % 32);
    int positive = __syncthreads_count(v > 0);
    if (i < n) out[i] = all + 3 * odd + 5 * other + 7 * positive;
}

// One warp works while the others wait for it, again and again.
__global__ void one_warp_apart(const int* x, int* out, int n) {
    __shared__ int values[1024];
    __shared__ int total;
    int i = blockIdx.x * blockDim.x + threadIdx.x, warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    values[threadIdx.x] = i < n ? x[i] : 0;
    int seen = 0;
    for (int turn = 0; turn < blockDim.x / 32; turn++) {
        __syncthreads();
        if (warp == turn) {
            int sum = 0;
            for (int j = lane; j < blockDim.x; j += 32) sum += values[j];
            sum = warp_sum(sum * (turn + 1));
            if (lane == 0) total = sum;
        }
        __syncthreads();
        seen = seen * 31 + total;
    }
    if (i < n) out[i] = seen;
}

// Threads leave before shuffles of those that stay: a part of a warp, and whole warps.
__global__ void some_leave(const int* x, int* out, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    unsigned mask = __activemask();
    int v = x[i];
    for (int offset = 1; offset < 32; offset *= 2) v += __shfl_xor_sync(mask, v, offset) & (offset * 5);
    out[i] = v;
}

// Each warp takes a number of rounds of its own; they meet at the end.
__global__ void rounds_of_their_own(const int* x, int* out, int n) {
    __shared__ int sums[32];
    int i = blockIdx.x * blockDim.x + threadIdx.x, warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    int v = i < n ? x[i] : 1;
    for (int round = 0; round < warp * 2 + 1; round++) {
        v = warp_sum(v) % 1009 + lane;
        if (lane < round) v += round;
    }
    if (lane == 31) sums[warp] = v;
    __syncthreads();
    int sum = 0;
    for (int w = 0; w < blockDim.x / 32; w++) sum = sum * 17 + sums[w];
    if (i < n) out[i] = sum + warp_sum(v);
}

// A warp waits for another one's flag, with shuffles before and after.
__global__ void flag(const int* x, int* out, int n) {
    __shared__ volatile int ready, value;
    int i = blockIdx.x * blockDim.x + threadIdx.x, warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    if (threadIdx.x == 0) ready = 0;
    __syncthreads();
    int sum = warp_sum(i < n ? x[i] : 0);
    if (warp == blockDim.x / 32 - 1 && lane == 0) {
        value = sum;
        __threadfence_block();
        ready = 1;
    }
    if (warp == 0 && lane == 0) {
        while (ready == 0) {}
        __threadfence_block();
        sum += value;
    }
    __syncwarp();
    sum = __shfl_sync(0xffffffff, sum, 0);
    __syncthreads();
    if (i < n) out[i] = sum;
}

extern "C" void solve(int which, const int* x, int* out, int n, int threads) {
    int blocks = (n + threads - 1) / threads;
    if (which == 0) together<<<blocks, threads>>>(x, out, n);
    if (which == 1) one_warp_apart<<<blocks, threads>>>(x, out, n);
    if (which == 2) some_leave<<<blocks, threads>>>(x, out, n);
    if (which == 3) rounds_of_their_own<<<blocks, threads>>>(x, out, n);
    if (which == 4) flag<<<blocks, threads>>>(x, out, n);
}
