// Each half of a warp is its own little group.
__global__ void k(float* data, int* ints) {
    __shared__ float tile[64];
    unsigned int half = threadIdx.x & 16 ? 0xffff0000u : 0x0000ffffu;
    tile[threadIdx.x] = data[threadIdx.x];
    __syncwarp(half);
    float other = tile[threadIdx.x ^ 15];
    __syncwarp(half);
    tile[threadIdx.x] = other + 1;
    __syncwarp(half);
    data[threadIdx.x] = tile[threadIdx.x ^ 7];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
