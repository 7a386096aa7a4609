__global__ void k(float* data, int* ints) {
    ints[threadIdx.x] = threadIdx.x * 3 + 1;  // <- global-race
    data[threadIdx.x] = ints[threadIdx.x ^ 1];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 32>>>(data, ints); }
