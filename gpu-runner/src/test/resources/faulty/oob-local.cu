__global__ void kernel(float* data, int* ints) {
    float own[4];
    for (int i = 0; i < 4; ++i) own[i] = data[i];
    data[threadIdx.x] = own[ints[threadIdx.x] + 100000];  // <- out-of-bounds
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(data, ints); }
