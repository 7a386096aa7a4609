__global__ void kernel(float* data) {
    float v = data[threadIdx.x];
    if (threadIdx.x < 16) v = __shfl_sync(0xffffffffu, v, 0);  // <- deadlock
    else __syncthreads();
    data[threadIdx.x] = v;
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data); }
