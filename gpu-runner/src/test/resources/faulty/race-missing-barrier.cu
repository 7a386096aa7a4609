__global__ void reverse(float* data) {
    __shared__ float tile[64];
    tile[threadIdx.x] = data[threadIdx.x];  // <- shared-race
    data[threadIdx.x] = tile[63 - threadIdx.x];  // <- uninitialised-read
}
extern "C" void solve(float* data, int* ints, int n) { reverse<<<1, 64>>>(data); }
