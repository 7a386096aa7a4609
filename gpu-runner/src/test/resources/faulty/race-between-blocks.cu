__global__ void count(int* ints) { ints[0] = ints[0] + threadIdx.x + blockIdx.x + 1; }  // <- global-race
extern "C" void solve(float* data, int* ints, int n) { count<<<4, 1>>>(ints); }
