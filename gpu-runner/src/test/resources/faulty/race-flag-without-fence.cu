__global__ void pass(int* ints) {
    __shared__ int value;
    __shared__ volatile int ready;
    if (threadIdx.x == 0) ready = 0;
    __syncthreads();
    if (threadIdx.x == 0) { value = ints[0]; ready = 1; }
    if (threadIdx.x == 32) { while (ready == 0) {} ints[1] = value; }  // <- shared-race
}
extern "C" void solve(float* data, int* ints, int n) { pass<<<1, 64>>>(ints); }
