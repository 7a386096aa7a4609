// What was written for hardware whose warps went in step.
__global__ void k(float* data, int* ints) {
    __shared__ float sums[64];
    int t = threadIdx.x;
    sums[t] = data[t];
    __syncthreads();
    if (t < 32) {
        sums[t] += sums[t + 32];
        sums[t] += sums[t + 16];
        sums[t] += sums[t + 8];  // <- shared-race
    }
    if (t == 0) data[0] = sums[0];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
