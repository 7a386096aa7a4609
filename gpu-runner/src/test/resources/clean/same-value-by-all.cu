// All that write write the same: which one comes last does not matter.
__global__ void k(float* data, int* ints) {
    __shared__ int found;
    __shared__ bool any;
    if (threadIdx.x == 0) found = 0;
    if (threadIdx.x == 0) any = false;
    __syncthreads();
    if (data[threadIdx.x] < 0) found = 1;
    if (data[threadIdx.x] < -0.5f) any = true;
    __syncthreads();
    ints[threadIdx.x] = found + any;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
