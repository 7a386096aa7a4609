__global__ void k(float* data, int* ints) {
    __shared__ float total;
    if (threadIdx.x == 40) total = 0;
    __syncthreads();
    if (threadIdx.x == 40) total = ints[3] + 1;  // <- shared-race
    data[threadIdx.x] = total;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
