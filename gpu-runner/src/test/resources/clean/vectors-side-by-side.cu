__global__ void k(float* data, int* ints) {
    __shared__ __align__(16) float row[64];
    if (threadIdx.x < 16) {
        float4 v = ((const float4*)data)[threadIdx.x];
        ((float4*)row)[threadIdx.x] = make_float4(v.w, v.z, v.y, v.x);
    }
    __syncthreads();
    if (threadIdx.x % 2 == 0) ((float2*)data)[threadIdx.x / 2] = make_float2(row[threadIdx.x], row[threadIdx.x + 1]);
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
