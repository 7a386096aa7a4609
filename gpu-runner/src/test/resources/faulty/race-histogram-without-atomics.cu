__global__ void k(float* data, int* ints) {
    __shared__ int bins[8];
    if (threadIdx.x < 8) bins[threadIdx.x] = 0;
    __syncthreads();
    bins[ints[threadIdx.x] & 7]++;  // <- shared-race
    __syncthreads();
    if (threadIdx.x < 8) ints[threadIdx.x] = bins[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
