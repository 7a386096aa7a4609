__global__ void kernel(float* data) {
    data[blockIdx.x * blockDim.x + threadIdx.x] = 1.0f;  // <- out-of-bounds
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<2, 48>>>(data); }
