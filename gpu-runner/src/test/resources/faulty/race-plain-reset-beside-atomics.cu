__device__ int count;
__global__ void k(float* data, int* ints) {
    if (threadIdx.x == 0) {
        if (blockIdx.x == 1) count = 0;  // <- global-race
        ints[blockIdx.x] = atomicAdd(&count, 1);
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<3, 32>>>(data, ints); }
