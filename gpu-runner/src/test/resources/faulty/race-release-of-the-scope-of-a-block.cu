__device__ int ready;
__global__ void k(float* data, int* ints) {
    if (threadIdx.x != 0) return;
    if (blockIdx.x == 1) {
        ints[3] = 42;  // <- global-race
        asm volatile("st.release.cta.global.s32 [%0], 1;" : : "l"(&ready) : "memory");
    } else {
        int seen = 0;
        while (seen == 0) asm volatile("ld.acquire.gpu.global.s32 %0, [%1];" : "=r"(seen) : "l"(&ready) : "memory");
        ints[4] = ints[3];
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
