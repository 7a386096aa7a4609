__global__ void kernel(float* data, float* scratch) { scratch[threadIdx.x] = data[threadIdx.x]; data[threadIdx.x] = scratch[threadIdx.x] * 2; }
extern "C" void solve(float* data, int* ints, int n) {
    float *scratch, *more;
    cudaMalloc(&scratch, 64 * sizeof(float));
    cudaMalloc(&more, 64 * sizeof(float));  // <- warning:leak
    kernel<<<1, 64>>>(data, scratch);
    kernel<<<1, 64>>>(data, more);
    cudaFree(scratch);
}
