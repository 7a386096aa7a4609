__global__ void kernel(float* data) { if (data[threadIdx.x] > -1e30f && threadIdx.x == 9) __trap(); }  // <- trap
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data); }
