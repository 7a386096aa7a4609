__global__ void kernel(float* data, int n) {
    float4 v = ((float4*)data)[n / 4 + threadIdx.x];  // <- out-of-bounds
    data[threadIdx.x] = v.x + v.y + v.z + v.w;
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 16>>>(data, n); }
