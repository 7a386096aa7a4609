__global__ void sum(float* data) {
    __shared__ float s[32];
    int t = threadIdx.x;
    s[t] = data[t];
    __syncwarp();
    for (int o = 16; o > 0; o /= 2) {
        float v = t < o ? s[t + o] : 0;
        __syncwarp();
        s[t] += v;
        __syncwarp();
    }
    if (t == 0) data[0] = s[0];
}
extern "C" void solve(float* data, int* ints, int n) { sum<<<1, 32>>>(data); }
