__global__ void kernel(float* data) { data[1000000000LL + threadIdx.x] = 2.0f; }  // <- out-of-bounds
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data); }
