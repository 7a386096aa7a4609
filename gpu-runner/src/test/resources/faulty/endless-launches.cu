__global__ void kernel(float* data) { data[0] = 1; }
extern "C" void solve(float* data, int* ints, int n) { for (;;) kernel<<<1, 1>>>(data); }  // <- launch-budget
