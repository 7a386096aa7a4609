// assignment: blk-ffn
// Rung 3: register tiles, 16-byte loads, two slabs in flight.
//
// What changed: each thread owns an 8 x 4 tile of the result in registers, a block 128 x 64 of it. Per step of the sum
// a thread reads 12 numbers from shared memory as three 16-byte loads and does 32 multiply-adds with them. Operands
// come from global memory 16 bytes at a time, and the next slab is on its way while the current one is used, so one
// barrier per slab is enough.
// Why it is faster: in rung 2 two shared-memory reads feed a single multiply-add, so shared memory is the limit; here
// it is the multiply-add units themselves.

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

// Element (i, j) of an operand is p[i * stride + j], or p[j * stride + i] if it is transposed.
struct View { const float* p; int stride; };

// What happens to a finished sum: c = act(sum + bias) or, for gradients, c = sum * act'(slopeAt).
struct Finish { const float* bias; float* pre; const float* slopeAt; int act; };

__device__ float finish(const Finish& f, float sum, int n, size_t at) {
    if (f.bias) sum += f.bias[n];
    if (f.pre) f.pre[at] = sum;
    return f.slopeAt ? sum * slope(f.act, f.slopeAt[at]) : activate(f.act, sum);
}

const int BM = 128, BN = 64, BK = 16;  // tile of c per block, and depth of one slab
const int TM = 8, TN = 4;              // tile of c per thread: 12 values from shared memory feed 32 multiply-adds
const int THREADS = (BM / TM) * (BN / TN);

// Four consecutive elements of a line; zeros past its end. `wide` promises 16-byte alignment.
__device__ float4 load4(const float* line, int from, int end, bool wide) {
    if (wide && from + 4 <= end) return *reinterpret_cast<const float4*>(line + from);
    float4 v;
    v.x = from < end ? line[from] : 0.0f;
    v.y = from + 1 < end ? line[from + 1] : 0.0f;
    v.z = from + 2 < end ? line[from + 2] : 0.0f;
    v.w = from + 3 < end ? line[from + 3] : 0.0f;
    return v;
}

// One slab of an operand on its way from global to shared memory: EDGE positions along the tile, BK along the sum.
// ALONG says that the sum index is the contiguous one.
template <int EDGE, bool ALONG>
struct Slab {
    static const int LOADS = EDGE * BK / 4 / THREADS;
    float4 part[LOADS];

    __device__ void fetch(View v, int edge0, int edges, int k0, int K, bool wide) {
#pragma unroll
        for (int i = 0; i < LOADS; i++) {
            int piece = threadIdx.x + i * THREADS;
            int line = ALONG ? edge0 + piece / (BK / 4) : k0 + piece / (EDGE / 4);
            int from = ALONG ? k0 + piece % (BK / 4) * 4 : edge0 + piece % (EDGE / 4) * 4;
            bool inside = line < (ALONG ? edges : K);
            part[i] = inside ? load4(v.p + (size_t)line * v.stride, from, ALONG ? K : edges, wide)
                             : make_float4(0.0f, 0.0f, 0.0f, 0.0f);
        }
    }

    __device__ void store(float (*to)[EDGE]) {
#pragma unroll
        for (int i = 0; i < LOADS; i++) {
            int piece = threadIdx.x + i * THREADS;
            if (ALONG) {
                int edge = piece / (BK / 4), k = piece % (BK / 4) * 4;
                to[k][edge] = part[i].x;
                to[k + 1][edge] = part[i].y;
                to[k + 2][edge] = part[i].z;
                to[k + 3][edge] = part[i].w;
            } else {
                *reinterpret_cast<float4*>(&to[piece / (EDGE / 4)][piece % (EDGE / 4) * 4]) = part[i];
            }
        }
    }
};

// c[m][n] = finish(sum_k a(m, k) b(k, n)). A_ALONG, B_ALONG: k is the contiguous index of that operand.
template <bool A_ALONG, bool B_ALONG>
__global__ void __launch_bounds__(THREADS) gemm(View a, View b, float* c, Finish f, int M, int N, int K) {
    __shared__ __align__(16) float as[2][BK][BM], bs[2][BK][BN];
    int tx = threadIdx.x % (BN / TN), ty = threadIdx.x / (BN / TN);
    int m0 = blockIdx.y * BM, n0 = blockIdx.x * BN;
    bool wideA = a.stride % 4 == 0 && (size_t)a.p % 16 == 0, wideB = b.stride % 4 == 0 && (size_t)b.p % 16 == 0;
    float sum[TM][TN] = {};
    Slab<BM, A_ALONG> nextA;
    Slab<BN, B_ALONG> nextB;
    nextA.fetch(a, m0, M, 0, K, wideA);
    nextB.fetch(b, n0, N, 0, K, wideB);
    nextA.store(as[0]);
    nextB.store(bs[0]);
    __syncthreads();
    // Tiles at the edge: threads without any element in c still fetch and wait, but need not multiply.
    bool busy = m0 + ty * 4 < M && n0 + tx * TN < N;
    int half = 0;
    for (int k0 = 0; k0 < K; k0 += BK) {
        bool more = k0 + BK < K;
        if (more) {  // the next slab travels while this one is used
            nextA.fetch(a, m0, M, k0 + BK, K, wideA);
            nextB.fetch(b, n0, N, k0 + BK, K, wideB);
        }
#pragma unroll 4
        for (int k = 0; k < (busy ? BK : 0); k++) {
            float4 low = *reinterpret_cast<float4*>(&as[half][k][ty * 4]);
            float4 high = *reinterpret_cast<float4*>(&as[half][k][BM / 2 + ty * 4]);
            float4 right = *reinterpret_cast<float4*>(&bs[half][k][tx * 4]);
            float av[TM] = {low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w};
            float bv[TN] = {right.x, right.y, right.z, right.w};
#pragma unroll
            for (int i = 0; i < TM; i++)
#pragma unroll
                for (int j = 0; j < TN; j++) sum[i][j] += av[i] * bv[j];
        }
        if (more) {
            nextA.store(as[1 - half]);  // the other half: nobody reads it now, so one barrier per slab is enough
            nextB.store(bs[1 - half]);
        }
        __syncthreads();
        half = 1 - half;
    }
    if (!busy) return;
    // One element at a time, the others moved up behind it: the loop stays rolled and the activation stands in the code
    // once instead of 32 times.
#pragma unroll 1
    for (int e = 0; e < TM * TN; e++) {
        int i = e / TN, m = m0 + (i / 4) * (BM / 2) + ty * 4 + i % 4, n = n0 + tx * TN + e % TN;
        size_t at = (size_t)m * N + n;
        if (m < M && n < N) c[at] = finish(f, sum[0][0], n, at);
#pragma unroll
        for (int up = 0; up + 1 < TM * TN; up++) sum[up / TN][up % TN] = sum[(up + 1) / TN][(up + 1) % TN];
    }
}

template <bool A_ALONG, bool B_ALONG>
static void launch_gemm(View a, View b, float* c, Finish f, int M, int N, int K) {
    gemm<A_ALONG, B_ALONG><<<dim3((N + BN - 1) / BN, (M + BM - 1) / BM), THREADS>>>(a, b, c, f, M, N, K);
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
    launch_gemm<true, true>({x, H}, {w.w1, H}, hidden, {w.b1, nullptr, nullptr, act}, T, I, H);
    launch_gemm<true, true>({hidden, I}, {w.w2, I}, y, {w.b2, nullptr, nullptr, 0}, T, H, I);
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
    launch_gemm<true, true>({x, H}, {w.w1, H}, hidden, {w.b1, z, nullptr, act}, T, I, H);
    launch_gemm<false, false>({dy, H}, {hidden, I}, dw2, plain, H, I, T);
    launch_gemm<true, false>({dy, H}, {w.w2, I}, dz, {nullptr, nullptr, z, act}, T, I, H);
    launch_gemm<false, false>({dz, I}, {x, H}, dw1, plain, I, H, T);
    launch_gemm<true, false>({dz, I}, {w.w1, H}, dx, plain, T, H, I);
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
