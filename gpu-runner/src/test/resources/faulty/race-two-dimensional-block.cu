// Rows and columns, but only the column tells threads apart.
__global__ void k(float* data, int* ints) {
    __shared__ float column[8];
    column[threadIdx.x] = data[threadIdx.y * 8 + threadIdx.x];  // <- shared-race
    __syncthreads();
    data[threadIdx.y * 8 + threadIdx.x] = column[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, dim3(8, 8)>>>(data, ints); }
