__global__ void kernel(char* bytes) { *(int*)(bytes + 2) = threadIdx.x; }  // <- misaligned
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 1>>>((char*)data); }
