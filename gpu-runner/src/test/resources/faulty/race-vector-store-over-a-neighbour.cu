__global__ void k(float* data, int* ints) {
    __shared__ __align__(16) float row[68];
    if (threadIdx.x < 16) *(float4*)&row[threadIdx.x * 4] = make_float4(1, 2, 3, 4);  // <- shared-race
    row[threadIdx.x + 4] = data[threadIdx.x];
    __syncthreads();
    data[threadIdx.x] = row[threadIdx.x + 2];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
