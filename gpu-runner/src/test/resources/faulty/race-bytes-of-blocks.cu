// Bytes of a bitmap that two blocks share.
__global__ void k(float* data, int* ints) {
    unsigned char* map = (unsigned char*)ints;
    map[threadIdx.x] = (unsigned char)(blockIdx.x * 100 + threadIdx.x + 1);  // <- global-race
}
extern "C" void solve(float* data, int* ints, int n) { k<<<2, 32>>>(data, ints); }
