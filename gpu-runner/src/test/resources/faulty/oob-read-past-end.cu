__global__ void kernel(float* data, int* ints, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) ints[i] = (int)data[i + 1];  // <- out-of-bounds
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(data, ints, n); }
