// Each block adds the sum before it, which that block may not have written yet.
__global__ void k(float* data, int* ints) {
    if (threadIdx.x == 0) ints[blockIdx.x + 1] = ints[blockIdx.x] + 1;  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 32>>>(data, ints); }
