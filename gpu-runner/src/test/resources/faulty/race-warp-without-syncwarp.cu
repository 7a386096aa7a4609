__global__ void neighbours(float* data) {
    __shared__ float s[32];
    s[threadIdx.x] = data[threadIdx.x];
    __syncwarp();
    float right = s[(threadIdx.x + 1) % 32];
    s[threadIdx.x] = right * 2;  // <- shared-race
    __syncwarp();
    data[threadIdx.x] = s[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { neighbours<<<1, 32>>>(data); }
