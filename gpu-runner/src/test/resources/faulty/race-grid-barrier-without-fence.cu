__device__ unsigned int arrived;
__global__ void k(float* data, int* ints) {
    if (threadIdx.x == 0) {
        ints[blockIdx.x] = blockIdx.x + 7;  // <- global-race
        atomicAdd(&arrived, 1);
        while (*(volatile unsigned int*)&arrived < gridDim.x) {}
        int sum = 0;
        for (int b = 0; b < gridDim.x; b++) sum += ints[b];
        ints[16 + blockIdx.x] = sum;
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 32>>>(data, ints); }
