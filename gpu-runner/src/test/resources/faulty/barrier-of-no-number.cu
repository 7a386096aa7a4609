__global__ void k(float* p, int id) {
    asm volatile("barrier.sync %0, 32;" ::"r"(id)); // <- barrier-divergence
    p[threadIdx.x] = 1;
}

extern "C" void solve(float* data, int* ints, int n) { k<<<1, 32>>>(data, 20); }
