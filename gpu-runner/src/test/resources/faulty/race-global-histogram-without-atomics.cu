__global__ void k(float* data, int* ints) {
    int bin = threadIdx.x & 3;
    ints[bin] = ints[bin] + 1;  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
