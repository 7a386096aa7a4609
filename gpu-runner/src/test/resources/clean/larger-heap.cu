__global__ void kernel(int* ints) {
    char* own = (char*)malloc(256 << 10);
    if (own == nullptr) __trap();
    own[threadIdx.x] = 1;
    ints[threadIdx.x] = own[threadIdx.x];
    __syncthreads();
    free(own);
}
extern "C" void solve(float* data, int* ints, int n) {
    size_t heap = 0;
    if (cudaDeviceGetLimit(&heap, cudaLimitMallocHeapSize) != cudaSuccess || heap != 8 << 20) __trap();
    if (cudaDeviceSetLimit(cudaLimitMallocHeapSize, 16 << 20) != cudaSuccess) __trap();
    if (cudaDeviceGetLimit(&heap, cudaLimitMallocHeapSize) != cudaSuccess || heap != 16 << 20) __trap();
    kernel<<<1, 64>>>(ints);
    if (cudaDeviceSetLimit(cudaLimitMallocHeapSize, 32 << 20) != cudaErrorInvalidValue) __trap();
    cudaGetLastError();
}
