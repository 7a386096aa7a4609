__global__ void kernel(const int* ints, int* out) {
    char own[16];
    for (int i = 0; i < 15; ++i) own[(ints[i] + i) & 7] = (char)i;
    int at = ints[threadIdx.x] & 3;
    out[threadIdx.x] = *(int*)(own + 8 + 4 * (at & 1)) + at;  // <- uninitialised-read
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(ints, (int*)data); }
