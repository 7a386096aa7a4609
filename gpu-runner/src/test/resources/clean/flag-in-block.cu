__global__ void pass(int* ints) {
    __shared__ int value;
    __shared__ volatile int ready;
    __shared__ unsigned int turn;
    if (threadIdx.x == 0) { ready = 0; turn = 0; }
    __syncthreads();
    if (threadIdx.x == 0) { value = ints[0]; __threadfence_block(); ready = 1; }
    if (threadIdx.x == 32) {
        while (ready == 0) {}
        __threadfence_block();
        value = value + 1;
        __threadfence_block();
        atomicExch(&turn, 1u);
    }
    if (threadIdx.x == 64) {
        while (atomicAdd(&turn, 0u) == 0) {}
        __threadfence_block();
        ints[1] = value;
    }
}
extern "C" void solve(float* data, int* ints, int n) { pass<<<1, 96>>>(ints); }
