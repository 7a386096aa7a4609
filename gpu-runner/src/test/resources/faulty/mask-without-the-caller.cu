__global__ void kernel(float* data) {
    float v = data[threadIdx.x];
    data[threadIdx.x] = v + __any_sync(0x0000ffffu, v > 0.5f);  // <- invalid-mask
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data); }
