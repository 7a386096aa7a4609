__global__ void k(float* data, int* ints) {
    float v = data[blockIdx.x * 16 + threadIdx.x % 16];
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(~0u, v, d);
    if (threadIdx.x == 0) ints[0] += (int)v + 1;  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 32>>>(data, ints); }
