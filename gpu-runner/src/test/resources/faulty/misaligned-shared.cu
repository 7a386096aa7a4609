__global__ void kernel(float* data) {
    __shared__ float tile[64];
    tile[threadIdx.x] = data[threadIdx.x];
    __syncthreads();
    double d = *(double*)(tile + 1);  // <- misaligned
    data[threadIdx.x] = (float)d;
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(data); }
