__global__ void kernel(int* ints) {
    int* own = (int*)malloc(4 * sizeof(int));  // <- warning:leak
    for (int i = 0; i < 4; ++i) own[i] = ints[threadIdx.x] + i;
    ints[threadIdx.x] = own[3];
    if (threadIdx.x != 7) free(own);
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(ints); }
