__global__ void kernel(int* ints) {
    __shared__ unsigned long long bar;
    bar = 0;
    unsigned long long state;
    unsigned at = (unsigned)__cvta_generic_to_shared(&bar);
    asm volatile("mbarrier.arrive.shared.b64 %0, [%1];" : "=l"(state) : "r"(at) : "memory");  // <- api-misuse
    ints[0] = (int)state;
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 1>>>(ints); }
