__device__ int most = -1000;
__global__ void k(float* data, int* ints) {
    int v = (int)(data[threadIdx.x] * 100);
    int seen = atomicCAS(&most, -1000, v);
    while (seen < v && seen != -1000) {
        int before = seen;
        seen = atomicCAS(&most, seen, v);
        if (seen == before) break;
    }
    atomicMax(&ints[0], v);
    atomicMin(&ints[1], v);
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
