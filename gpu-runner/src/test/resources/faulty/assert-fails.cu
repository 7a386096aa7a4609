__global__ void kernel(float* data) { assert(threadIdx.x < 7); data[threadIdx.x] = 1; }  // <- assertion
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data); }
