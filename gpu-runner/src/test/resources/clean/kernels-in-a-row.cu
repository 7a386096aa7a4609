// What one kernel wrote the next one reads, wherever it was written.
__global__ void fill(int* ints) { ints[blockIdx.x * 16 + threadIdx.x] = threadIdx.x; }
__global__ void turn(const int* ints, float* data) { data[blockIdx.x * 16 + threadIdx.x] = ints[63 - blockIdx.x * 16 - threadIdx.x]; }
__global__ void back(float* data) { data[blockIdx.x * 16 + threadIdx.x] += 1; }
extern "C" void solve(float* data, int* ints, int n) { fill<<<4, 16>>>(ints); turn<<<4, 16>>>(ints, data); back<<<4, 16>>>(data); cudaMemcpyAsync(ints, data, 64, cudaMemcpyDeviceToDevice, 0); fill<<<2, 16>>>(ints); }
