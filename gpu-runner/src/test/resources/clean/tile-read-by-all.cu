// A tile that everybody reads again and again, written between barriers of the block and then of the warps.
__global__ void k(float* data) {
    __shared__ float tile[64];
    int t = threadIdx.x, lane = t % 32, warp = t - lane;
    tile[t] = data[t];
    __syncthreads();
    for (int round = 0; round < 3; ++round) {
        float sum = 0;
        for (int i = 0; i < 64; ++i) sum += tile[i] * tile[63 - i];
        __syncthreads();
        tile[t] = sum / 64 + t;
        __syncthreads();
    }
    for (int round = 0; round < 3; ++round) {
        float sum = 0;
        for (int i = 0; i < 32; ++i) sum += tile[warp + i];
        __syncwarp();
        tile[t] = sum / 32 + lane;
        __syncwarp();
    }
    data[t] = tile[t];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data); }
