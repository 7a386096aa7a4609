__global__ void kernel(float* data, int n) {
    __shared__ float tile[32];
    tile[threadIdx.x] = data[threadIdx.x];  // <- out-of-bounds
    __syncthreads();
    data[threadIdx.x] = tile[threadIdx.x ^ 1];
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(data, n); }
