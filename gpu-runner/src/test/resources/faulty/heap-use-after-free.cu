__global__ void kernel(int* ints) {
    int* own = (int*)malloc(4 * sizeof(int));
    own[0] = ints[threadIdx.x];
    free(own);
    ints[threadIdx.x] = own[0];  // <- use-after-free
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 1>>>(ints); }
