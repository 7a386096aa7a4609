__global__ void k(float* data, int* ints) {
    __shared__ int count;
    if (threadIdx.x == 0) count = 0;
    __syncthreads();
    if (ints[threadIdx.x] > 5) data[count++ & 63] = 1;  // <- shared-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
