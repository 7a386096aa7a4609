__global__ void k(float* data, int* ints) {
    __shared__ float most;
    if (threadIdx.x == 0) most = data[0];
    __syncthreads();
    if (data[threadIdx.x] > most) most = data[threadIdx.x];  // <- shared-race
    __syncthreads();
    if (threadIdx.x == 0) data[0] = most;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
