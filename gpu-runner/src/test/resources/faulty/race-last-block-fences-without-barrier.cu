// All threads fence, but nothing says that they have done it when the first one counts the block.
__device__ unsigned int done;
__global__ void k(float* data, int* ints) {
    __shared__ bool last;
    ints[blockIdx.x * 32 + threadIdx.x] = threadIdx.x + 1;  // <- global-race
    __threadfence();
    if (threadIdx.x == 0) last = atomicInc(&done, gridDim.x - 1) == gridDim.x - 1;
    __syncthreads();
    if (last) {
        int sum = 0;
        for (int i = threadIdx.x; i < 64; i += 32) sum += ints[63 - i];
        data[threadIdx.x] = sum;
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
