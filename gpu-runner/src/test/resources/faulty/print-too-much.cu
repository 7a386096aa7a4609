__global__ void kernel(int* ints) {
    for (int i = 0; i < 40; ++i) printf("thread %d says the value of element %d is %d\n", threadIdx.x, i, ints[i]);  // <- warning:print-budget
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 64>>>(ints); }
