// The stride forgets the grid: every block handles all elements.
__global__ void k(float* data, int* ints) {
    for (int i = threadIdx.x; i < 64; i += blockDim.x) data[i] = data[i] * 2 + 1;  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
