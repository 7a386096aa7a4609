extern "C" void solve(float* data, int* ints, int n) {
    cudaMemcpy(data, ints, n * sizeof(float), cudaMemcpyHostToDevice);  // <- api-misuse
}
