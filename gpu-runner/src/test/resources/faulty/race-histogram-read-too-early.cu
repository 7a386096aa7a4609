// An atomic beside a read: the count may not be complete.
__global__ void k(float* data, int* ints) {
    __shared__ int bins[64];
    bins[threadIdx.x] = 0;
    __syncthreads();
    atomicAdd(&bins[ints[threadIdx.x]], 1);  // <- warning:shared-race
    ints[threadIdx.x] = bins[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
