__global__ void count(const int* ints, int* out) {
    __shared__ int total;
    if (threadIdx.x == 0) total = 0;
    __syncthreads();
    atomicAdd(&total, ints[threadIdx.x]);
    if (threadIdx.x == 0) out[0] = total;  // <- warning:shared-race
}
extern "C" void solve(float* data, int* ints, int n) { count<<<1, 64>>>(ints, (int*)data); }
