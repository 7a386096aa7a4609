// The scratch array is too large to be shadowed as a whole: it is watched page by page.
__global__ void count(int* sum) { sum[9 << 20] = sum[9 << 20] + threadIdx.x + blockIdx.x + 1; }  // <- global-race

extern "C" void solve(float* data, int* ints, int n) {
    int* sum;
    cudaMalloc(&sum, 40 << 20);
    cudaMemset(sum, 0, 40 << 20);
    count<<<4, 1>>>(sum);
    cudaFree(sum);
}
