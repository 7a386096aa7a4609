// The next row's value is put where slow threads still read this row's.
__global__ void k(float* data, int* ints) {
    __shared__ float pivot;
    float sum = 0;
    for (int row = 0; row < 3; row++) {
        if (threadIdx.x == 0) pivot = data[row];  // <- shared-race
        __syncthreads();
        sum += pivot;
    }
    ints[threadIdx.x] = (int)sum;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
