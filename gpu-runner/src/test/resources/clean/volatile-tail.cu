// The old way: volatile, and the warp brought together.
__global__ void k(float* data, int* ints) {
    __shared__ float sums[64];
    int t = threadIdx.x;
    sums[t] = data[t];
    __syncthreads();
    if (t < 32) {
        volatile float* v = sums;
        float mine = v[t] + v[t + 32];
        for (int d = 16; d > 0; d /= 2) {
            v[t] = mine;
            __syncwarp();
            mine += v[t ^ d];
            __syncwarp();
        }
        if (t == 0) data[0] = mine;
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
