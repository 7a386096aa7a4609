// A tile is turned over before all of it is there.
__global__ void k(float* data, int* ints) {
    __shared__ float tile[8][9];
    for (int i = threadIdx.x; i < 72; i += 64) tile[i / 9][i % 9] = 0;
    __syncthreads();
    int x = threadIdx.x % 8, y = threadIdx.x / 8;
    tile[y][x] = data[y * 8 + x];  // <- shared-race
    data[y * 8 + x] = tile[x][y];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
