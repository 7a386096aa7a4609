__global__ void kernel(float* data, int* ints) {
    float4 v = *(float4*)(data + 1 + 4 * threadIdx.x);  // <- misaligned
    ints[threadIdx.x] = (int)(v.x + v.y + v.z + v.w);
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 8>>>(data, ints); }
