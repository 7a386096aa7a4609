__global__ void k(float* data, int* ints) {
    if (threadIdx.x == 0) {
        atomicAdd(&ints[0], 1);  // <- warning:global-race
        data[blockIdx.x] = ints[0];
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 32>>>(data, ints); }
