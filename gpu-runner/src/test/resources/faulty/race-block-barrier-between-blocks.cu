__global__ void k(float* data, int* ints) {
    if (threadIdx.x == 0) ints[blockIdx.x] = 5 + blockIdx.x;  // <- global-race
    __syncthreads();
    if (threadIdx.x == 0) ints[32 + blockIdx.x] = ints[1 - blockIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
