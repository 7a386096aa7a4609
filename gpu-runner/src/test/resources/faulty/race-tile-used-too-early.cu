// The first barrier of the loop is missing: the tile is used while others still load it.
__global__ void k(float* data, int* ints) {
    __shared__ float tile[64];
    tile[threadIdx.x] = 0;
    __syncthreads();
    float sum = 0;
    for (int t = 0; t < 3; t++) {
        tile[threadIdx.x] = data[(threadIdx.x + t) % 64];  // <- shared-race
        for (int j = 0; j < 64; j++) sum += tile[j];
        __syncthreads();
    }
    ints[threadIdx.x] = (int)sum;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
