__device__ __noinline__ int depth(int i, volatile int* sink) { int own[8]; own[i % 8] = i; own[(i + 1) % 8] = 0; *sink = own[(i + 1) % 8]; return depth(i + 1, sink) + own[i % 8]; }  // <- stack-overflow
__global__ void kernel(int* ints) { ints[0] = depth(0, ints + 1); }
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 1>>>(ints); }
