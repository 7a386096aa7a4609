__global__ void kernel(float* data) {
    float v = data[threadIdx.x];
    for (int o = 16; o > 0; o /= 2) v += __shfl_xor_sync(0xffffffffu, v, o);  // <- invalid-mask
    data[threadIdx.x] = v;
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 48>>>(data); }
