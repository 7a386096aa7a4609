// Hillis-Steele inclusive scan and a bitonic sort, one block each.
__global__ void scan(const int* in, int* out, int n) {
    extern __shared__ int rows[];
    int t = threadIdx.x, from = 0;
    rows[t] = t < n ? in[t] : 0;
    __syncthreads();
    for (int d = 1; d < blockDim.x; d *= 2) {
        int to = 1 - from;
        rows[to * blockDim.x + t] = rows[from * blockDim.x + t] + (t >= d ? rows[from * blockDim.x + t - d] : 0);
        from = to;
        __syncthreads();
    }
    if (t < n) out[t] = rows[from * blockDim.x + t];
}
__global__ void bitonic(int* data) {
    __shared__ int s[256];
    unsigned t = threadIdx.x;
    s[t] = data[t];
    __syncthreads();
    for (unsigned size = 2; size <= 256; size *= 2)
        for (unsigned stride = size / 2; stride > 0; stride /= 2) {
            unsigned other = t ^ stride;
            if (other > t) {
                bool up = (t & size) == 0;
                if ((s[t] > s[other]) == up) { int x = s[t]; s[t] = s[other]; s[other] = x; }
            }
            __syncthreads();
        }
    data[t] = s[t];
}
extern "C" void solve(const int* in, int* out, int* data, int n) {
    scan<<<1, 256, 2 * 256 * sizeof(int)>>>(in, out, n);
    bitonic<<<1, 256>>>(data);
}
