// The owner of a word reads it, which is sound, then writes it: what the next thread reads is no longer sound.
__global__ void k(float* data) {
    __shared__ float tile[64];
    tile[threadIdx.x] = data[threadIdx.x];
    __syncthreads();
    float own = tile[threadIdx.x];
    tile[threadIdx.x] = own * 2;  // <- shared-race
    float left = threadIdx.x > 0 ? tile[threadIdx.x - 1] : 0;
    data[threadIdx.x] = own + left;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data); }
