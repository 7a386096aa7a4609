__global__ void kernel(float* data) {
    if (threadIdx.x >= 20) return;
    float v = data[threadIdx.x];
    v += __shfl_down_sync(0xffffffffu, v, 16);  // <- invalid-mask
    data[threadIdx.x] = v;
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data); }
