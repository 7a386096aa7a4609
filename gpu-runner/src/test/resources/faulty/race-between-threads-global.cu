__global__ void shift(float* data) {
    float left = data[(threadIdx.x + 63) % 64];  // <- global-race
    data[threadIdx.x] = left + 1;
}
extern "C" void solve(float* data, int* ints, int n) { shift<<<1, 64>>>(data); }
