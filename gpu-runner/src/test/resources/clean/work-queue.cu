// A queue that blocks take from until it is empty; results by atomics.
__device__ int head, sum;
__global__ void k(float* data, int* ints) {
    __shared__ int mine;
    while (true) {
        if (threadIdx.x == 0) mine = atomicAdd(&head, 1);
        __syncthreads();
        int item = mine;
        __syncthreads();
        if (item >= 8) break;
        data[item * 8 + threadIdx.x % 8] = item;
        if (threadIdx.x == 0) atomicAdd(&sum, item);
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<3, 8>>>(data, ints); }
