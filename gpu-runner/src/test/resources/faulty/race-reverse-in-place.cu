__global__ void k(float* data, int* ints) {
    int i = blockIdx.x * 32 + threadIdx.x;
    data[i] = data[63 - i] + 1;  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
