__global__ void k(float* data, int* ints) {
    __shared__ float tile[64];
    tile[threadIdx.x] = 0;
    __syncthreads();
    tile[threadIdx.x] = data[threadIdx.x];  // <- shared-race
    __syncwarp();
    data[threadIdx.x] = tile[(threadIdx.x + 32) % 64];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
