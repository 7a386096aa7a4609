__global__ void kernel(volatile float* data) { while (data[0] < 1e30f) data[1] = 1; }  // <- deadline
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 1>>>(data); }
