__global__ void k(float* data, int* ints) {
    __shared__ int keys[64];
    int t = threadIdx.x;
    keys[t] = ints[t];
    __syncthreads();
    for (int size = 2; size <= 64; size *= 2) {
        for (int d = size / 2; d > 0; d /= 2) {
            int other = t ^ d;
            if (other > t && (keys[t] > keys[other]) == ((t & size) == 0)) {
                int swap = keys[t];
                keys[t] = keys[other];
                keys[other] = swap;
            }
            __syncthreads();
        }
    }
    ints[t] = keys[t];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
