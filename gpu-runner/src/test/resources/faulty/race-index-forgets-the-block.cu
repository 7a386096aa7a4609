__global__ void k(float* data, int* ints) {
    ints[threadIdx.x] = blockIdx.x * 32 + threadIdx.x;  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
