extern "C" void solve(float* data, int* ints, int n) {
    float* scratch;
    cudaMalloc(&scratch, n * sizeof(float));
    cudaFree(scratch);
    cudaFree(scratch);  // <- double-free
}
