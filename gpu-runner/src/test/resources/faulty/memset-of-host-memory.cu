extern "C" void solve(float* data, int* ints, int n) {
    int local[4];
    cudaMemset(local, 0, sizeof local);  // <- api-misuse
    if (n < 0) cudaMemcpy(data, local, 16, cudaMemcpyHostToDevice);
}
