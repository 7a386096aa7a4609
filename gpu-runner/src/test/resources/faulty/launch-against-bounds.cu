__global__ void __launch_bounds__(128) kernel(float* data) { data[threadIdx.x % 64] = 1; }
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 256>>>(data); }  // <- bad-launch
