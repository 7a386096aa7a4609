__global__ void k(float* data, int* ints) {
    __shared__ float sums[64];
    int t = threadIdx.x;
    sums[t] = data[t];
    for (int d = 1; d < 64; d *= 2) {
        __syncthreads();
        float other = t >= d ? sums[t - d] : 0;
        __syncthreads();
        sums[t] += other;
    }
    data[t] = sums[t];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
