// The halo comes from other threads than the middle.
__global__ void k(float* data, int* ints) {
    __shared__ float row[66];
    int t = threadIdx.x;
    row[t] = 0;
    if (t < 2) row[64 + t] = 0;
    __syncthreads();
    row[t + 1] = data[t];  // <- shared-race
    if (t == 0) row[0] = data[63];
    if (t == 63) row[65] = data[0];
    ints[t] = (int)(row[t] + row[t + 1] + row[t + 2]);
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
