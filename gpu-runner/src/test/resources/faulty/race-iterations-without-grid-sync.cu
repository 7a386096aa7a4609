__global__ void k(float* data, int* ints) {
    int i = blockIdx.x * 32 + threadIdx.x;
    for (int step = 0; step < 2; step++) {
        float* from = step ? data : (float*)ints;
        float* to = step ? (float*)ints : data;
        to[i] = from[(i + 32) % 64] + 1;  // <- global-race
        __syncthreads();
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
