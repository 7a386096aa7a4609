__global__ void add(float* data, const float* scratch) { data[threadIdx.x] += scratch[threadIdx.x]; }  // <- uninitialised-read
extern "C" void solve(float* data, int* ints, int n) {
    float* scratch;
    cudaMalloc(&scratch, n * sizeof(float));
    add<<<1, 64>>>(data, scratch);
    cudaFree(scratch);
}
