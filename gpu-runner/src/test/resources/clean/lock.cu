__device__ int lock;
__global__ void critical(int* ints) {
    if (threadIdx.x == 0) {
        while (atomicCAS(&lock, 0, 1) != 0) {}
        __threadfence();
        ints[0] = ints[0] + 1;
        __threadfence();
        atomicExch(&lock, 0);
    }
}
extern "C" void solve(float* data, int* ints, int n) { critical<<<6, 32>>>(ints); }
