__device__ int head;
__global__ void k(float* data, int* ints) {
    if (threadIdx.x == 0) {
        int mine = head++;  // <- global-race
        ints[mine & 63] = blockIdx.x;
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<3, 32>>>(data, ints); }
