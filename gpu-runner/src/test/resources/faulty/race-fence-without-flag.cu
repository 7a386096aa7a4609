// A fence orders this thread's accesses; it makes nobody wait.
__global__ void k(float* data, int* ints) {
    if (threadIdx.x != 0) return;
    if (blockIdx.x == 0) {
        ints[3] = 42;  // <- global-race
        __threadfence();
    } else {
        __threadfence();
        ints[4] = ints[3];
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
