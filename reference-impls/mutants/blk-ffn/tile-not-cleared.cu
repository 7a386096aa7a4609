// mutant: H1 the last tile of a sum keeps what the tile before left in shared memory
// assignment: blk-ffn

struct FfnW { const float *w1, *b1, *w2, *b2; };

// Activation codes: 0 none, 1 relu, 2 sigmoid, 3 tanh, 4 gelu_erf, 5 gelu_tanh.
__device__ float activate(int act, float z) {
    switch (act) {
        case 1: return z < 0.0f ? 0.0f : z;  // a NaN is not less than 0, so it stays a NaN
        case 2: return 1.0f / (1.0f + expf(-z));
        case 3: return tanhf(z);
        case 4: return 0.5f * z * (1.0f + erff(z * 0.70710678f));
        case 5: return 0.5f * z * (1.0f + tanhf(0.79788456f * (z + 0.044715f * z * z * z)));
        default: return z;
    }
}

// The derivative of the activation, from the value before it.
__device__ float slope(int act, float z) {
    switch (act) {
        case 1: return z > 0.0f ? 1.0f : 0.0f;
        case 2: {
            float s = 1.0f / (1.0f + expf(-z));
            return s * (1.0f - s);
        }
        case 3: {
            float t = tanhf(z);
            return 1.0f - t * t;
        }
        case 4: return 0.5f * (1.0f + erff(z * 0.70710678f)) + z * 0.39894228f * expf(-0.5f * z * z);
        case 5: {
            float t = tanhf(0.79788456f * (z + 0.044715f * z * z * z));
            return 0.5f * (1.0f + t) + 0.5f * z * (1.0f - t * t) * 0.79788456f * (1.0f + 0.134145f * z * z);
        }
        default: return 1.0f;
    }
}

// Element (i, j) of an operand is p[i * row + j * column]; one of the two strides is 1.
struct View { const float* p; int row, column; };

// What happens to a finished sum: c = act(sum + bias) or, for gradients, c = sum * act'(slopeAt).
struct Finish { const float* bias; float* pre; const float* slopeAt; int act; };

__device__ float finish(const Finish& f, float sum, int n, size_t at) {
    if (f.bias) sum += f.bias[n];
    if (f.pre) f.pre[at] = sum;
    return f.slopeAt ? sum * slope(f.act, f.slopeAt[at]) : activate(f.act, sum);
}

const int TILE = 16;

// c[m][n] = finish(sum_k a(m, k) b(k, n)), one 16 x 16 tile of c per block.
__global__ void gemm(View a, View b, float* c, Finish f, int M, int N, int K) {
    __shared__ float as[TILE][TILE + 1], bs[TILE][TILE + 1];  // one column more: no bank conflict when read crosswise
    int tx = threadIdx.x, ty = threadIdx.y;
    int m0 = blockIdx.y * TILE, n0 = blockIdx.x * TILE;
    float sum = 0.0f;
    for (int k0 = 0; k0 < K; k0 += TILE) {
        // Neighbouring threads fetch neighbouring addresses, whichever way the operand lies.
        int am = a.column == 1 ? ty : tx, ak = a.column == 1 ? tx : ty;
        int bk = b.column == 1 ? ty : tx, bn = b.column == 1 ? tx : ty;
        if (m0 + am < M && k0 + ak < K) as[am][ak] = a.p[(size_t)(m0 + am) * a.row + (size_t)(k0 + ak) * a.column];
        if (k0 + bk < K && n0 + bn < N) bs[bk][bn] = b.p[(size_t)(k0 + bk) * b.row + (size_t)(n0 + bn) * b.column];
        __syncthreads();
        for (int k = 0; k < TILE; k++) sum += as[ty][k] * bs[k][tx];
        __syncthreads();
    }
    int m = m0 + ty, n = n0 + tx;
    if (m < M && n < N) {
        size_t at = (size_t)m * N + n;
        c[at] = finish(f, sum, n, at);
    }
}

static void launch_gemm(View a, View b, float* c, Finish f, int M, int N, int K) {
    gemm<<<dim3((N + TILE - 1) / TILE, (M + TILE - 1) / TILE), dim3(TILE, TILE)>>>(a, b, c, f, M, N, K);
}

// sums[n] = sum over rows of v[row][n]; a block takes 32 columns, its 8 warps share the rows.
__global__ void column_sums(const float* v, float* sums, int rows, int columns) {
    __shared__ float part[8][32];
    int n = blockIdx.x * 32 + threadIdx.x;
    float sum = 0.0f;
    if (n < columns) {
        for (int row = threadIdx.y; row < rows; row += 8) sum += v[(size_t)row * columns + n];
    }
    part[threadIdx.y][threadIdx.x] = sum;
    __syncthreads();
    if (threadIdx.y == 0 && n < columns) {
        for (int warp = 1; warp < 8; warp++) sum += part[warp][threadIdx.x];
        sums[n] = sum;
    }
}

extern "C" void ffn(const float* x, FfnW w, int act, float* y, int T, int H, int I) {
    float* hidden;
    cudaMalloc(&hidden, (size_t)T * I * sizeof(float));
    launch_gemm({x, H, 1}, {w.w1, 1, H}, hidden, {w.b1, nullptr, nullptr, act}, T, I, H);
    launch_gemm({hidden, I, 1}, {w.w2, 1, I}, y, {w.b2, nullptr, nullptr, 0}, T, H, I);
    cudaFree(hidden);
}

extern "C" void ffn_backward(const float* x, FfnW w, int act, const float* dy, float* dx, float* dw1, float* db1,
                             float* dw2, float* db2, int T, int H, int I) {
    size_t bytes = (size_t)T * I * sizeof(float);
    float *z, *hidden, *dz;
    cudaMalloc(&z, bytes);
    cudaMalloc(&hidden, bytes);
    cudaMalloc(&dz, bytes);
    Finish plain = {nullptr, nullptr, nullptr, 0};
    launch_gemm({x, H, 1}, {w.w1, 1, H}, hidden, {w.b1, z, nullptr, act}, T, I, H);
    launch_gemm({dy, 1, H}, {hidden, I, 1}, dw2, plain, H, I, T);
    launch_gemm({dy, H, 1}, {w.w2, I, 1}, dz, {nullptr, nullptr, z, act}, T, I, H);
    launch_gemm({dz, 1, I}, {x, H, 1}, dw1, plain, I, H, T);
    launch_gemm({dz, I, 1}, {w.w1, H, 1}, dx, plain, T, H, I);
    column_sums<<<(H + 31) / 32, dim3(32, 8)>>>(dy, db2, T, H);
    column_sums<<<(I + 31) / 32, dim3(32, 8)>>>(dz, db1, T, I);
    cudaFree(z);
    cudaFree(hidden);
    cudaFree(dz);
}

// q0 FLOPs of the block, q1 its share of a layer's weights, q2 one hidden unit read as key and value.
extern "C" __device__ double concept_check(int q, const double* p) {
    if (q == 0) return 4.0 * p[0] * p[1] * p[2];
    if (q == 1) {
        double H = p[0], I = p[1];
        return 2.0 * H * I / (4.0 * H * H + 2.0 * H * I);
    }
    double z = p[0] * p[3] + p[1] * p[4] + p[2] * p[5] + p[6];
    double a = p[8] == 1.0 ? (z > 0.0 ? z : 0.0) : 0.5 * z * (1.0 + erf(z * 0.70710678118654752));
    return p[7] * a;
}
