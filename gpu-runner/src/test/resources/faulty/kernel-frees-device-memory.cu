__global__ void kernel(int* scratch) {
    free(scratch);  // <- api-misuse
}
extern "C" void solve(float* data, int* ints, int n) {
    int* scratch;
    cudaMalloc(&scratch, 16);
    kernel<<<1, 1>>>(scratch);
    cudaFree(scratch);
}
