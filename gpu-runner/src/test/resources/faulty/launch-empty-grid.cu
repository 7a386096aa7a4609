__global__ void kernel(float* data) { data[threadIdx.x % 64] = 1; }
extern "C" void solve(float* data, int* ints, int n) { kernel<<<(n - 64) / 64, 64>>>(data); }  // <- bad-launch
