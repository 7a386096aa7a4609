__global__ void kernel(float* data) {
    if (threadIdx.x < 16) {
        data[threadIdx.x] += 1;
        __syncthreads();
    } else {
        data[threadIdx.x] += 2;
        __syncthreads();  // <- barrier-divergence
    }
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data); }
