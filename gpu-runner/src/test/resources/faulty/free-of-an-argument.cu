extern "C" void solve(float* data, int* ints, int n) {
    cudaFree(data);  // <- api-misuse
}
