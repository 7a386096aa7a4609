// Producers arrive at barrier 1; consumers wait at barrier 2, which nobody else needs.
__global__ void k(float* data, int* ints) {
    __shared__ float box[32];
    if (threadIdx.x < 32) box[threadIdx.x] = 0;
    __syncthreads();
    if (threadIdx.x < 32) {
        box[threadIdx.x] = data[threadIdx.x];  // <- shared-race
        asm volatile("bar.arrive 1, 64;" : : : "memory");
    } else {
        asm volatile("bar.sync 2, 32;" : : : "memory");
        data[threadIdx.x] = box[threadIdx.x - 32];
        asm volatile("bar.sync 1, 64;" : : : "memory");
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
