// The lock keeps threads apart, but nothing says that what was written inside is there for the next one.
__global__ void k(float* data, int* ints) {
    __shared__ int lock, sum;
    if (threadIdx.x == 0) lock = sum = 0;
    __syncthreads();
    if (threadIdx.x % 32 == 0) {
        while (atomicCAS(&lock, 0, 1) != 0) {}
        sum += 1 + threadIdx.x;  // <- shared-race
        atomicExch(&lock, 0);
    }
    __syncthreads();
    if (threadIdx.x == 0) ints[0] = sum;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
