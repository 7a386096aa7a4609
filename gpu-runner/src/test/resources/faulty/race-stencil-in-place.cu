__global__ void k(float* data, int* ints) {
    int i = blockIdx.x * 16 + threadIdx.x;
    if (i > 0 && i < 63) data[i] = (data[i - 1] + data[i + 1]) / 2;  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 16>>>(data, ints); }
