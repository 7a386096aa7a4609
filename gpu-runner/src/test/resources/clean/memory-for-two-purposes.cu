__global__ void k(float* data, int* ints) {
    __shared__ union {
        float floats[64];
        int ints[64];
    } scratch;
    scratch.floats[threadIdx.x] = data[threadIdx.x];
    __syncthreads();
    float other = scratch.floats[63 - threadIdx.x];
    __syncthreads();
    scratch.ints[threadIdx.x] = ints[threadIdx.x];
    __syncthreads();
    data[threadIdx.x] = other + scratch.ints[(threadIdx.x + 5) % 64];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
