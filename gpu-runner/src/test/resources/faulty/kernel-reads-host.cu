__global__ void kernel(const float* factor, float* data) { data[threadIdx.x] *= *factor; }  // <- kernel-dereferences-host-memory
extern "C" void solve(float* data, int* ints, int n) {
    float factor = 2;
    kernel<<<1, 32>>>(&factor, data);
}
