__global__ void k(float* data, int* ints) {
    __shared__ float tree[64];
    int t = threadIdx.x;
    tree[t] = data[t];
    __syncthreads();
    for (int d = 1; d < 64; d *= 2) {
        int at = (t + 1) * 2 * d - 1;
        if (at < 64) tree[at] += tree[at - d];  // <- shared-race
    }
    __syncthreads();
    data[t] = tree[t];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
