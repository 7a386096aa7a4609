__global__ void k(float* data, int* ints) {
    __shared__ float sums[2][64];
    int t = threadIdx.x, from = 0;
    sums[0][t] = data[t];
    for (int d = 1; d < 64; d *= 2) {
        __syncthreads();
        sums[1 - from][t] = sums[from][t] + (t >= d ? sums[from][t - d] : 0);
        from = 1 - from;
    }
    data[t] = sums[from][t];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
