__global__ void k(float* data, int* ints) {
    int i = threadIdx.x;
    if (i < 63) ints[i + 1] = ints[i];  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
