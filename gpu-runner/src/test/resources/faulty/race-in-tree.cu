__global__ void sum(float* data) {
    __shared__ float s[64];
    s[threadIdx.x] = data[threadIdx.x];
    __syncthreads();
    for (int half = 32; half > 0; half /= 2) {
        if (threadIdx.x < half) s[threadIdx.x] += s[threadIdx.x + half];  // <- shared-race
    }
    if (threadIdx.x == 0) data[0] = s[0];
}
extern "C" void solve(float* data, int* ints, int n) { sum<<<1, 64>>>(data); }
