// mutant: H5 stores four elements where the row of C has three left, over the padding
// assignment: cuda-gemm
const int DEPTH = 8;  // of a step along K

// Four neighbours of an operand in the direction in which it is contiguous, zeros outside of it.
struct Four {
    float v[4];
};

__device__ __forceinline__ Four load_four(const float* p, int left, bool wide) {
    Four f;
    if (wide && left >= 4) {
        float4 q = *reinterpret_cast<const float4*>(p);
        f.v[0] = q.x, f.v[1] = q.y, f.v[2] = q.z, f.v[3] = q.w;
    } else {
#pragma unroll
        for (int j = 0; j < 4; j++) f.v[j] = j < left ? p[j] : 0.0f;
    }
    return f;
}

// One thread's share of a DEPTH x TILE panel of an operand: four neighbours, along k if ALONG_K, else along i.
template <int TILE, bool ALONG_K>
struct Share {
    static const int ROW = TILE + 4;  // + 4: stores along i spread over the banks, and rows stay on 16 bytes
    int i, k;

    __device__ __forceinline__ Share() {
        int four = threadIdx.x;  // TILE * DEPTH / 4 of them: one per thread
        i = ALONG_K ? four / (DEPTH / 4) : four % (TILE / 4) * 4;
        k = ALONG_K ? four % (DEPTH / 4) * 4 : four / (TILE / 4);
    }

    __device__ __forceinline__ Four load(const float* p, int pitch, int extent, int K, int i0, int k0, bool wide) const {
        int gi = i0 + i, gk = k0 + k;
        if (gi >= extent || gk >= K) return Four{{0.0f, 0.0f, 0.0f, 0.0f}};
        return ALONG_K ? load_four(p + (size_t)gi * pitch + gk, K - gk, wide)
                       : load_four(p + (size_t)gk * pitch + gi, extent - gi, wide);
    }

    __device__ __forceinline__ void store(float* panel, const Four& f) const {
        if (ALONG_K) {
#pragma unroll
            for (int j = 0; j < 4; j++) panel[(k + j) * ROW + i] = f.v[j];
        } else {
            *reinterpret_cast<float4*>(panel + k * ROW + i) = make_float4(f.v[0], f.v[1], f.v[2], f.v[3]);
        }
    }
};

// OWN x OWN elements per thread, in chunks of 4 x 4 that lie TILE / (OWN / 4) apart.
template <int TILE, int OWN, bool TA, bool TB>
__global__ void __launch_bounds__((TILE / OWN) * (TILE / OWN))
    gemm_buffered(int M, int N, int K, float alpha, const float* __restrict__ A, int lda, const float* __restrict__ B,
                  int ldb, float beta, float* __restrict__ C, int ldc, bool wide_a, bool wide_b, bool wide_c) {
    const int ROW = TILE + 4, ACROSS = TILE / OWN, CHUNKS = OWN / 4, APART = TILE / CHUNKS;
    __shared__ __align__(16) float a[2][DEPTH * ROW];
    __shared__ __align__(16) float b[2][DEPTH * ROW];
    int m0 = blockIdx.y * TILE, n0 = blockIdx.x * TILE;
    int tm = threadIdx.x / ACROSS * 4, tn = threadIdx.x % ACROSS * 4;
    Share<TILE, !TA> share_a;
    Share<TILE, TB> share_b;
    float sum[OWN][OWN] = {};

    if (K > 0) {
        share_a.store(a[0], share_a.load(A, lda, M, K, m0, 0, wide_a));
        share_b.store(b[0], share_b.load(B, ldb, N, K, n0, 0, wide_b));
    }
    __syncthreads();
    int now = 0;
    for (int k0 = 0; k0 < K; k0 += DEPTH) {
        bool more = k0 + DEPTH < K;
        Four next_a = {}, next_b = {};
        if (more) {
            next_a = share_a.load(A, lda, M, K, m0, k0 + DEPTH, wide_a);
            next_b = share_b.load(B, ldb, N, K, n0, k0 + DEPTH, wide_b);
        }
#pragma unroll 2  // 128 multiply-adds per turn hide the loop; more would only fill the instruction cache
        for (int k = 0; k < DEPTH; k++) {
            __align__(16) float x[OWN];
            __align__(16) float y[OWN];
#pragma unroll
            for (int c = 0; c < CHUNKS; c++) {
                *reinterpret_cast<float4*>(x + 4 * c) =
                    *reinterpret_cast<const float4*>(a[now] + k * ROW + c * APART + tm);
                *reinterpret_cast<float4*>(y + 4 * c) =
                    *reinterpret_cast<const float4*>(b[now] + k * ROW + c * APART + tn);
            }
#pragma unroll
            for (int i = 0; i < OWN; i++) {
#pragma unroll
                for (int j = 0; j < OWN; j++) sum[i][j] += x[i] * y[j];
            }
        }
        if (more) {
            share_a.store(a[1 - now], next_a);
            share_b.store(b[1 - now], next_b);
        }
        __syncthreads();
        now = 1 - now;
    }

#pragma unroll
    for (int i = 0; i < OWN; i++) {
        int m = m0 + i / 4 * APART + tm + i % 4;
        if (m >= M) continue;
#pragma unroll
        for (int c = 0; c < CHUNKS; c++) {
            int n = n0 + c * APART + tn;
            float* out = C + (size_t)m * ldc + n;
            if (wide_c && n + 3 <= N) {
                float4 r = make_float4(alpha * sum[i][4 * c], alpha * sum[i][4 * c + 1], alpha * sum[i][4 * c + 2],
                                       alpha * sum[i][4 * c + 3]);
                if (beta != 0.0f) {
                    float4 old = *reinterpret_cast<const float4*>(out);
                    r.x += beta * old.x, r.y += beta * old.y, r.z += beta * old.z, r.w += beta * old.w;
                }
                *reinterpret_cast<float4*>(out) = r;
            } else {
#pragma unroll
                for (int j = 0; j < 4; j++) {
                    if (n + j < N) {
                        float r = alpha * sum[i][4 * c + j];
                        out[j] = beta == 0.0f ? r : r + beta * out[j];
                    }
                }
            }
        }
    }
}

static bool wide(const float* p, int pitch) {
    return (size_t)p % 16 == 0 && pitch % 4 == 0;
}

template <int TILE, int OWN>
static void launch(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                   float beta, float* C, int ldc) {
    const int threads = (TILE / OWN) * (TILE / OWN);
    dim3 blocks((N + TILE - 1) / TILE, (M + TILE - 1) / TILE);
    bool wa = wide(A, lda), wb = wide(B, ldb), wc = wide(C, ldc);
    if (ta && tb) {
        gemm_buffered<TILE, OWN, true, true><<<blocks, threads>>>(M, N, K, alpha, A, lda, B, ldb, beta, C, ldc, wa, wb, wc);
    } else if (ta) {
        gemm_buffered<TILE, OWN, true, false><<<blocks, threads>>>(M, N, K, alpha, A, lda, B, ldb, beta, C, ldc, wa, wb, wc);
    } else if (tb) {
        gemm_buffered<TILE, OWN, false, true><<<blocks, threads>>>(M, N, K, alpha, A, lda, B, ldb, beta, C, ldc, wa, wb, wc);
    } else {
        gemm_buffered<TILE, OWN, false, false><<<blocks, threads>>>(M, N, K, alpha, A, lda, B, ldb, beta, C, ldc, wa, wb, wc);
    }
}

extern "C" void gemm(int ta, int tb, int M, int N, int K, float alpha, const float* A, int lda, const float* B, int ldb,
                     float beta, float* C, int ldc) {
    if (M == 0 || N == 0) return;
    if (alpha == 0.0f) K = 0;
    if (M >= 128 && N >= 128) launch<128, 8>(ta, tb, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc);
    else launch<32, 4>(ta, tb, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc);
}
