// The mask names the lower half of the warp, and the upper half's values are read.
__global__ void k(float* data, int* ints) {
    __shared__ float tile[32];
    int t = threadIdx.x;
    tile[t] = 0;
    __syncwarp();
    if (t >= 16) tile[t] = data[t];  // <- shared-race
    if (t < 16) {
        __syncwarp(0x0000ffff);
        data[t] = tile[t + 16];
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 32>>>(data, ints); }
