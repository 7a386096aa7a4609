__global__ void kernel(int* ints) {
    // 256 KiB for each of 32 threads is all that the heap has, 8 MiB, and there are as many threads again
    char* own = (char*)malloc(256 << 10);  // <- warning:memory-budget
    ints[threadIdx.x] = own != nullptr;
    __syncthreads();
    free(own);
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(ints); }
