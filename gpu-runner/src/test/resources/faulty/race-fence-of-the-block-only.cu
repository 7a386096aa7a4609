__device__ unsigned int done;
__global__ void sum(const int* ints, int* partial, int* total) {
    if (threadIdx.x != 0) return;
    partial[blockIdx.x] = ints[blockIdx.x] + blockIdx.x;
    __threadfence_block();
    if (atomicAdd(&done, 1u) == gridDim.x - 1) {
        int all = 0;
        for (int b = 0; b < gridDim.x; ++b) all += partial[b];  // <- global-race
        *total = all;
    }
}
extern "C" void solve(float* data, int* ints, int n) {
    int* partial;
    cudaMalloc(&partial, 4 * sizeof(int));
    sum<<<4, 32>>>(ints, partial, ints + 63);
    cudaFree(partial);
}
