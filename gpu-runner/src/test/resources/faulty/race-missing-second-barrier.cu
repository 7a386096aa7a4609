__global__ void shift(float* data) {
    __shared__ float tile[64];
    float value = data[threadIdx.x];
    tile[threadIdx.x] = 0;
    __syncthreads();
    for (int step = 0; step < 3; ++step) {
        float left = tile[(threadIdx.x + 63) % 64];  // <- shared-race
        tile[threadIdx.x] = left + value;
        __syncthreads();
    }
    data[threadIdx.x] = tile[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { shift<<<1, 64>>>(data); }
