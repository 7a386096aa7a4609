// Producers fill, consumers empty: two barriers of the hardware by number.
__global__ void k(float* data, int* ints) {
    __shared__ float box[32];
    for (int round = 0; round < 3; round++) {
        if (threadIdx.x < 32) {
            if (round > 0) asm volatile("bar.sync 2, 64;" : : : "memory");
            box[threadIdx.x] = data[threadIdx.x] + round;
            asm volatile("bar.arrive 1, 64;" : : : "memory");
        } else {
            asm volatile("bar.sync 1, 64;" : : : "memory");
            data[threadIdx.x] += box[63 - threadIdx.x];
            if (round < 2) asm volatile("bar.arrive 2, 64;" : : : "memory");
        }
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
