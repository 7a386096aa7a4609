extern __shared__ float big[];
__global__ void kernel(float* data) { big[threadIdx.x] = 1; data[threadIdx.x] = big[threadIdx.x]; }
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32, 100000>>>(data); }  // <- bad-launch
