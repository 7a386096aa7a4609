__global__ void scatter(const int* ints, float* data) { data[threadIdx.x / 2] = (float)(ints[threadIdx.x] + threadIdx.x); }  // <- global-race
extern "C" void solve(float* data, int* ints, int n) { scatter<<<1, 64>>>(ints, data); }
