__device__ unsigned int done;
__global__ void sum(const int* ints, int* partial, int* total) {
    __shared__ bool last;
    partial[blockIdx.x * blockDim.x + threadIdx.x] = ints[threadIdx.x] + blockIdx.x;
    if (threadIdx.x == 0) {
        __threadfence();
        last = atomicAdd(&done, 1u) == gridDim.x - 1;
    }
    __syncthreads();
    if (last && threadIdx.x == 0) {
        int all = 0;
        for (int i = gridDim.x * blockDim.x - 1; i >= 0; --i) all += partial[i];  // <- global-race
        *total = all;
    }
}
extern "C" void solve(float* data, int* ints, int n) {
    int* partial;
    cudaMalloc(&partial, 4 * 64 * sizeof(int));
    sum<<<4, 64>>>(ints, partial, (int*)data);
    cudaFree(partial);
}
