__global__ void child(float* data) { data[0] = 1; }
__global__ void parent(float* data) {
    if (threadIdx.x == 0) child<<<1, 1>>>(data);  // <- api-misuse
}
extern "C" void solve(float* data, int* ints, int n) { parent<<<1, 32>>>(data); }
