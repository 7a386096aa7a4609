__global__ void child(float* data) { data[threadIdx.x] = 1; }
__global__ void parent(float* data) { child<<<1, 32>>>(data); }  // <- api-misuse
extern "C" void solve(float* data, int* ints, int n) { parent<<<1, 1>>>(data); }
