__global__ void kernel(float* data) {
    if (threadIdx.x < 32) asm volatile("bar.sync 1, 64;");  // <- deadlock
    else asm volatile("bar.sync 2, 64;");
    data[threadIdx.x] = 1;
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(data); }
