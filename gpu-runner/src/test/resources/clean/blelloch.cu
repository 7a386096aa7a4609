__global__ void k(float* data, int* ints) {
    __shared__ int tree[64];
    int t = threadIdx.x;
    tree[t] = ints[t];
    for (int d = 1; d < 64; d *= 2) {
        __syncthreads();
        int at = (t + 1) * 2 * d - 1;
        if (at < 64) tree[at] += tree[at - d];
    }
    __syncthreads();
    if (t == 0) tree[63] = 0;
    for (int d = 32; d > 0; d /= 2) {
        __syncthreads();
        int at = (t + 1) * 2 * d - 1;
        if (at < 64) {
            int left = tree[at - d];
            tree[at - d] = tree[at];
            tree[at] += left;
        }
    }
    __syncthreads();
    ints[t] = tree[t];
}
extern "C" void solve(float* data, int* ints, int n) { k<<<1, 64>>>(data, ints); }
