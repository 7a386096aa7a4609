// Neighbouring bytes and halves belong to different threads; each uses its own.
#include <cuda_fp16.h>
__global__ void k(float* data, int* ints) {
    __shared__ unsigned char bytes[64];
    __shared__ __half halves[64];
    bytes[threadIdx.x] = (unsigned char)(data[threadIdx.x] * 10);
    halves[threadIdx.x] = __float2half(data[threadIdx.x]);
    unsigned char* global = (unsigned char*)ints;
    global[threadIdx.x] = bytes[threadIdx.x] + 1;
    data[threadIdx.x] = __half2float(halves[threadIdx.x]);
    for (int round = 0; round < 3; round++) {
        if (threadIdx.x % 4 == round) global[threadIdx.x]++;
    }
    bytes[threadIdx.x] = global[threadIdx.x];
    __syncthreads();
    ints[threadIdx.x % 16] = 3;
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
