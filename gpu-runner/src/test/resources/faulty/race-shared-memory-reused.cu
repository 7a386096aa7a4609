// Two sums through one array: the second one is written while the first is read.
__global__ void k(float* data, int* ints) {
    __shared__ float parts[2];
    float v = data[threadIdx.x];
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(~0u, v, d);
    if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = v;
    __syncthreads();
    float mean = (parts[0] + parts[1]) / 64;
    float w = (data[threadIdx.x] - mean) * (data[threadIdx.x] - mean);
    for (int d = 16; d > 0; d /= 2) w += __shfl_xor_sync(~0u, w, d);
    if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = w;  // <- shared-race
    __syncthreads();
    data[threadIdx.x] = (parts[0] + parts[1]) / 64;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
