__global__ void k(float* data, int* ints) {
    __shared__ int bins[64];
    bins[threadIdx.x] = 1;
    __syncthreads();
    bins[threadIdx.x] = 0;  // <- shared-race
    atomicAdd(&bins[ints[threadIdx.x]], 1);
    __syncthreads();
    ints[threadIdx.x] = bins[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
