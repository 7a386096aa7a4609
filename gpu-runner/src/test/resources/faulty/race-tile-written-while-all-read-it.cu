// Everybody reads the whole tile, so hardly any read is new to the sanitizer; the last thread writes a word too early.
__global__ void k(float* data) {
    __shared__ float tile[64];
    tile[threadIdx.x] = data[threadIdx.x];
    __syncthreads();
    float sum = 0;
    for (int i = 0; i < 64; ++i) sum += tile[i];
    if (threadIdx.x == 63) tile[5] = sum;  // <- shared-race
    __syncthreads();
    data[threadIdx.x] = sum + tile[5];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data); }
