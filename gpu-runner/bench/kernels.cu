// The kernels of the benchmark, as one writes them for a GPU. Each entry launches its kernel as often as it is told.

__global__ void saxpy_kernel(float a, const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = a * x[i] + y[i];
}

extern "C" void saxpy(float a, const float* x, float* y, int n, int launches) {
    for (; launches > 0; launches--) saxpy_kernel<<<(n + 255) / 256, 256>>>(a, x, y, n);
}

__global__ void matmul_kernel(const float* a, const float* b, float* c, int n) {
    __shared__ float as[16][16], bs[16][16];
    int row = blockIdx.y * 16 + threadIdx.y, column = blockIdx.x * 16 + threadIdx.x;
    float sum = 0;
    for (int tile = 0; tile < n; tile += 16) {
        as[threadIdx.y][threadIdx.x] = a[row * n + tile + threadIdx.x];
        bs[threadIdx.y][threadIdx.x] = b[(tile + threadIdx.y) * n + column];
        __syncthreads();
        for (int k = 0; k < 16; k++) sum += as[threadIdx.y][k] * bs[k][threadIdx.x];
        __syncthreads();
    }
    c[row * n + column] = sum;
}

extern "C" void matmul(const float* a, const float* b, float* c, int n, int launches) {
    for (; launches > 0; launches--) matmul_kernel<<<dim3(n / 16, n / 16), dim3(16, 16)>>>(a, b, c, n);
}

__device__ float warp_max(float v) {
    for (int offset = 16; offset > 0; offset /= 2) v = fmaxf(v, __shfl_xor_sync(0xffffffff, v, offset));
    return v;
}

__device__ float warp_sum(float v) {
    for (int offset = 16; offset > 0; offset /= 2) v += __shfl_xor_sync(0xffffffff, v, offset);
    return v;
}

__global__ void softmax_kernel(const float* x, float* y, int columns) {
    __shared__ float part[8];
    const float* in = x + (size_t)blockIdx.x * columns;
    float* out = y + (size_t)blockIdx.x * columns;
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    float most = -INFINITY;
    for (int i = threadIdx.x; i < columns; i += 256) most = fmaxf(most, in[i]);
    most = warp_max(most);
    if (lane == 0) part[warp] = most;
    __syncthreads();
    most = warp_max(part[lane % 8]);
    __syncthreads();
    float sum = 0;
    for (int i = threadIdx.x; i < columns; i += 256) sum += __expf(in[i] - most);
    sum = warp_sum(sum);
    if (lane == 0) part[warp] = sum;
    __syncthreads();
    sum = warp_sum(lane < 8 ? part[lane] : 0);
    for (int i = threadIdx.x; i < columns; i += 256) out[i] = __expf(in[i] - most) / sum;
}

extern "C" void softmax(const float* x, float* y, int rows, int columns, int launches) {
    for (; launches > 0; launches--) softmax_kernel<<<rows, 256>>>(x, y, columns);
}

__global__ void layernorm_kernel(const float* x, const float* gamma, const float* beta, float* y, int columns) {
    const float* in = x + (size_t)blockIdx.x * columns;
    float* out = y + (size_t)blockIdx.x * columns;
    float sum = 0, squares = 0;
    for (int i = threadIdx.x; i < columns; i += 32) sum += in[i];
    float mean = warp_sum(sum) / columns;
    for (int i = threadIdx.x; i < columns; i += 32) squares += (in[i] - mean) * (in[i] - mean);
    float scale = rsqrtf(warp_sum(squares) / columns + 1e-5f);
    for (int i = threadIdx.x; i < columns; i += 32) out[i] = (in[i] - mean) * scale * gamma[i] + beta[i];
}

extern "C" void layernorm(const float* x, const float* gamma, const float* beta, float* y, int rows, int columns,
                          int launches) {
    for (; launches > 0; launches--) layernorm_kernel<<<rows, 32>>>(x, gamma, beta, y, columns);
}

// The same by a block for each row, as in softmax: many more instructions for each element.
__global__ void layernorm_block_kernel(const float* x, const float* gamma, const float* beta, float* y, int columns) {
    __shared__ float part[8];
    const float* in = x + (size_t)blockIdx.x * columns;
    float* out = y + (size_t)blockIdx.x * columns;
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    float sum = 0, squares = 0;
    for (int i = threadIdx.x; i < columns; i += 256) sum += in[i];
    sum = warp_sum(sum);
    if (lane == 0) part[warp] = sum;
    __syncthreads();
    float mean = warp_sum(lane < 8 ? part[lane] : 0) / columns;
    __syncthreads();
    for (int i = threadIdx.x; i < columns; i += 256) squares += (in[i] - mean) * (in[i] - mean);
    squares = warp_sum(squares);
    if (lane == 0) part[warp] = squares;
    __syncthreads();
    float scale = rsqrtf(warp_sum(lane < 8 ? part[lane] : 0) / columns + 1e-5f);
    for (int i = threadIdx.x; i < columns; i += 256) out[i] = (in[i] - mean) * scale * gamma[i] + beta[i];
}

extern "C" void layernorm_block(const float* x, const float* gamma, const float* beta, float* y, int rows,
                                int columns, int launches) {
    for (; launches > 0; launches--) layernorm_block_kernel<<<rows, 256>>>(x, gamma, beta, y, columns);
}
