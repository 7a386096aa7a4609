__device__ unsigned int done;
__global__ void k(float* data, int* ints) {
    __shared__ bool last;
    ints[blockIdx.x * 16 + threadIdx.x] = threadIdx.x + 1;
    __threadfence();
    __syncthreads();
    if (threadIdx.x == 0) last = atomicInc(&done, gridDim.x - 1) == gridDim.x - 1;
    __syncthreads();
    if (last) {
        int sum = 0;
        for (int i = threadIdx.x; i < 64; i += 16) sum += ints[i];
        data[threadIdx.x] = sum;
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 16>>>(data, ints); k<<<4, 16>>>(data, ints); }
