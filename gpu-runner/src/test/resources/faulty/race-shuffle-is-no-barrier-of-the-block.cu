__global__ void k(float* data, int* ints) {
    __shared__ float parts[2];
    if (threadIdx.x < 2) parts[threadIdx.x] = 0;
    __syncthreads();
    float v = data[threadIdx.x];
    if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = v;  // <- shared-race
    v = __shfl_sync(~0u, v, 0);
    data[threadIdx.x] = v + parts[1 - threadIdx.x / 32];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
