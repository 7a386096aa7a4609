// Each thread puts its own number into one byte.
__global__ void k(float* data, int* ints) {
    __shared__ unsigned char last;
    last = (unsigned char)threadIdx.x;  // <- shared-race
    __syncthreads();
    ints[threadIdx.x] = last;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
