__global__ void kernel(int* ints, int n) { atomicAdd(&ints[n + threadIdx.x], 1); }  // <- out-of-bounds
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(ints, n); }
