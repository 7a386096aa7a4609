__global__ void k(float* data, int* ints) {
    __shared__ float a[8][8], b[8][8];
    int x = threadIdx.x % 8, y = threadIdx.x / 8;
    float sum = 0;
    for (int t = 0; t < 3; t++) {
        a[y][x] = data[(y * 8 + x + t) % 64];
        b[y][x] = ints[(y * 8 + x + t) % 64];
        __syncthreads();
        for (int j = 0; j < 8; j++) sum += a[y][j] * b[j][x];
        __syncthreads();
    }
    data[threadIdx.x] = sum;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
