// Nobody keeps what the other one overwrites.
__global__ void k(float* data, int* ints) {
    int x = threadIdx.x % 8, y = threadIdx.x / 8;
    data[y * 8 + x] = data[x * 8 + y] + 1;  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
