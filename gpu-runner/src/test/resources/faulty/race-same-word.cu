__global__ void last(float* data) {
    __shared__ float winner;
    winner = data[threadIdx.x] + threadIdx.x;  // <- shared-race
    __syncthreads();
    data[threadIdx.x] = winner;
}
extern "C" void solve(float* data, int* ints, int n) { last<<<1, 64>>>(data); }
