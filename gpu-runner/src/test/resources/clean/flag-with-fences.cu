__device__ volatile int flag;
__global__ void pass(int* ints) {
    if (threadIdx.x != 0) return;
    if (blockIdx.x == 1) { ints[5] = 42; __threadfence(); flag = 1; }
    else { while (flag == 0) {} __threadfence(); ints[6] = ints[5] + 1; }
}
extern "C" void solve(float* data, int* ints, int n) { pass<<<2, 32>>>(ints); }
