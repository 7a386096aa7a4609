// A function writes its result only where it has one, and is asked for it only there. The compiler reads it always and
// drops what it has read.
__device__ __noinline__ bool pop(const float* data, int& found) {
    if (data[threadIdx.x] > 0.5f) {
        found = threadIdx.x * 3;
        return true;
    }
    return false;
}
__global__ void k(const float* data, int* ints) {
    int found;
    if (pop(data, found)) {
        ints[threadIdx.x] = found;
    } else {
        ints[threadIdx.x] = -1;
    }
    __shared__ int table[64];
    bool even = threadIdx.x % 2 == 0;
    if (even) table[threadIdx.x] = threadIdx.x;
    __syncthreads();
    ints[threadIdx.x] += even ? table[threadIdx.x & 63] : 7;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
