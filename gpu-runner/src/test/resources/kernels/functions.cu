// Calls that stay calls: recursion, function pointers, printf, spin locks between blocks.
__device__ __noinline__ int ackermannish(int n) { return n <= 1 ? 1 : ackermannish(n - 1) + ackermannish(n - 2); }
__device__ __noinline__ float twice(float v) { return 2 * v; }
__device__ __noinline__ float square(float v) { return v * v; }
typedef float (*Function)(float);
__device__ Function table[2] = {twice, square};
__global__ void calls(const int* n, int* fib, float* mapped, int count) {
    int i = threadIdx.x;
    if (i < count) {
        fib[i] = ackermannish(n[i]);
        mapped[i] = table[i % 2]((float)n[i]);
    }
    if (i == 3) printf("thread %d has %s %5.2f%%\n", i, "seen", 12.345f);
}
__device__ int lock = 0;
__global__ void critical(int* counter) {
    if (threadIdx.x == 0) {
        while (atomicCAS(&lock, 0, 1) != 0) {}
        *counter = *counter + 1;
        __threadfence();
        atomicExch(&lock, 0);
    }
}
__device__ volatile int flag = 0;
__global__ void wait_for_last(int* order) {
    if (threadIdx.x == 0) {
        if (blockIdx.x == gridDim.x - 1) {
            order[blockIdx.x] = 1;
            __threadfence();
            flag = 1;
        } else {
            while (flag == 0) {}
            order[blockIdx.x] = 2;
        }
    }
}
extern "C" void solve(const int* n, int* fib, float* mapped, int* counter, int* order, int count) {
    calls<<<1, 32>>>(n, fib, mapped, count);
    cudaMemset(counter, 0, 4);
    critical<<<7, 64>>>(counter);
    wait_for_last<<<6, 32>>>(order);
    if (cudaGetLastError() != cudaSuccess) printf("error\n");
    printf("host says %d\n", count);
}
