extern __shared__ float buffer[];
__global__ void kernel(float* data) {
    buffer[threadIdx.x] = data[threadIdx.x];  // <- out-of-bounds
    __syncthreads();
    data[threadIdx.x] = buffer[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(data); }
