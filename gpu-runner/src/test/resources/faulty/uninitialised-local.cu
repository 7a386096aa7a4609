__global__ void kernel(const int* ints, float* data) {
    float own[8];
    for (int i = 0; i < 3; ++i) own[(ints[threadIdx.x] + i) & 7] = 1.0f;
    data[threadIdx.x] = own[(ints[threadIdx.x] + 5) & 7];  // <- uninitialised-read
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(ints, data); }
