// The second barrier of the loop is missing: the next tile overwrites what others still read.
__global__ void k(float* data, int* ints) {
    __shared__ float tile[64];
    float sum = 0;
    for (int t = 0; t < 3; t++) {
        tile[threadIdx.x] = data[(threadIdx.x + t) % 64] + t;  // <- shared-race
        __syncthreads();
        for (int j = 0; j < 64; j++) sum += tile[j];
    }
    ints[threadIdx.x] = (int)sum;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
