// The result of a function is used where it has written none.
__device__ __noinline__ bool pop(const float* data, int& found) {
    if (data[threadIdx.x] < -1000.0f) {
        found = threadIdx.x * 3;
        return true;
    }
    return false;
}
__global__ void k(const float* data, int* ints) {
    int found;
    if (!pop(data, found)) {
        ints[threadIdx.x] = found + 1; // <- uninitialised-read
    } else {
        ints[threadIdx.x] = -1;
    }
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
