__global__ void kernel(int* ints) {
    int* own = (int*)malloc(4 * sizeof(int));
    own[0] = ints[0];
    ints[1] = own[1];  // <- uninitialised-read
    free(own);
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 1>>>(ints); }
