__global__ void k(float* data, int* ints) {
    __shared__ int ready, value;
    if (threadIdx.x == 0) ready = 0;
    __syncthreads();
    if (threadIdx.x == 0) {
        value = 7;
        asm volatile("st.release.cta.shared.s32 [%0], 1;" : : "r"((int)__cvta_generic_to_shared(&ready)) : "memory");
    } else if (threadIdx.x == 32) {
        int seen = 0;
        while (seen == 0) {
            asm volatile("ld.acquire.cta.shared.s32 %0, [%1];"
                         : "=r"(seen)
                         : "r"((int)__cvta_generic_to_shared(&ready))
                         : "memory");
        }
        ints[0] = value;
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
