__global__ void histograms(const int* ints, int* out) {
    __shared__ int bins[8];
    if (threadIdx.x < 8) bins[threadIdx.x] = 0;
    __syncthreads();
    for (int round = 0; round < 2; ++round) {
        atomicAdd(&bins[ints[threadIdx.x + round] & 7], 1);  // <- shared-race warning:shared-race
        __syncthreads();
        if (threadIdx.x < 8) out[threadIdx.x + 8 * round] = bins[threadIdx.x];
        if (threadIdx.x < 8) bins[threadIdx.x] = 0;
    }
}
extern "C" void solve(float* data, int* ints, int n) { histograms<<<1, 63>>>(ints, (int*)data); }
