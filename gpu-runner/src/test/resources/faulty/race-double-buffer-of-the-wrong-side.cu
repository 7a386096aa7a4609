// The barrier is there, but the buffer that is written is the one that is read.
__global__ void k(float* data, int* ints) {
    __shared__ float buffer[2][64];
    buffer[0][threadIdx.x] = data[threadIdx.x];
    buffer[1][threadIdx.x] = 0;
    __syncthreads();
    float sum = 0;
    for (int t = 0; t < 4; t++) {
        buffer[t & 1][threadIdx.x] = t + 1;  // <- shared-race
        sum += buffer[t & 1][63 - threadIdx.x];
        __syncthreads();
    }
    ints[threadIdx.x] = (int)sum;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
