__global__ void k(float* data, int* ints) {
    __shared__ int found[64];
    found[threadIdx.x] = 0;
    __syncthreads();
    found[threadIdx.x] = ints[threadIdx.x] == 7;  // <- shared-race
    int any = __any_sync(~0u, ints[threadIdx.x] == 7);
    ints[threadIdx.x] = any + found[63 - threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
