// Barriers that count, and, or: __syncthreads_count and its kin, in blocks of several warps.
__global__ void votes(const int* x, int* out, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    int value = i < n ? x[i] : 1;
    int positive = __syncthreads_count(value > 0);
    int all = __syncthreads_and(value > 0);
    int any = __syncthreads_or(value > 7);
    if (i < n) out[i] = positive * 4 + (all != 0) * 2 + (any != 0);
}
extern "C" void solve(const int* x, int* out, int n) { votes<<<(n + 95) / 96, 96>>>(x, out, n); }
