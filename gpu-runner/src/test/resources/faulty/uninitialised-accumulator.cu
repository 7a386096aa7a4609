__global__ void kernel(const float* data, float* sum) { atomicAdd(sum, data[threadIdx.x]); }  // <- uninitialised-read
extern "C" void solve(float* data, int* ints, int n) {
    float* sum;
    cudaMalloc(&sum, sizeof(float));
    kernel<<<1, 64>>>(data, sum);
    cudaMemcpy(data, sum, sizeof(float), cudaMemcpyDeviceToDevice);
    cudaFree(sum);
}
