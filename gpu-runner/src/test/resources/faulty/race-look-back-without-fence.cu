// Decoupled look-back: the status says that the sum is there, but nothing orders the two.
__device__ volatile int status[8];
__global__ void k(float* data, int* ints) {
    if (threadIdx.x == 0) {
        int before = 0;
        if (blockIdx.x > 0) {
            while (status[blockIdx.x - 1] == 0) {}
            __threadfence();
            before = ints[blockIdx.x - 1];
        }
        ints[blockIdx.x] = before + 1;  // <- global-race
        status[blockIdx.x] = 1;
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<4, 32>>>(data, ints); }
