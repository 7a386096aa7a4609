// The second array begins one element too early.
__global__ void k(float* data, int* ints) {
    extern __shared__ float memory[];
    float* first = memory;
    float* second = memory + 63;
    first[threadIdx.x] = data[threadIdx.x];  // <- shared-race
    second[threadIdx.x] = 2 * data[threadIdx.x] + 1;
    __syncthreads();
    data[threadIdx.x] = first[threadIdx.x] + second[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64, 512>>>(data, ints); }
