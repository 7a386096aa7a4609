__global__ void kernel(float* data) {
    __shared__ float tile[65];
    tile[threadIdx.x] = data[threadIdx.x];
    __syncthreads();
    data[threadIdx.x] = tile[threadIdx.x + 1];  // <- uninitialised-read
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(data); }
