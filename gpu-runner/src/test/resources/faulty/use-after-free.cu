__global__ void kernel(float* scratch, float* data) { data[threadIdx.x] = scratch[threadIdx.x]; }  // <- use-after-free
extern "C" void solve(float* data, int* ints, int n) {
    float* scratch;
    cudaMalloc(&scratch, n * sizeof(float));
    cudaMemset(scratch, 0, n * sizeof(float));
    cudaFree(scratch);
    kernel<<<1, 32>>>(scratch, data);
}
