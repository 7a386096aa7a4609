__global__ void kernel(float* data) { data[(int)threadIdx.x - 1] = 2.0f; }  // <- out-of-bounds
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data); }
