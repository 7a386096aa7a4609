__device__ unsigned int arrived;
__global__ void k(float* data, int* ints) {
    ints[blockIdx.x * 16 + threadIdx.x] = threadIdx.x;
    __syncthreads();
    if (threadIdx.x == 0) {
        __threadfence();
        atomicAdd(&arrived, 1);
        while (*(volatile unsigned int*)&arrived < gridDim.x) {}
        __threadfence();
    }
    __syncthreads();
    data[blockIdx.x * 16 + threadIdx.x] = ints[63 - blockIdx.x * 16 - threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 16>>>(data, ints); }
