// mutant: H1 sizes the grid of the projections by the batch plus the tokens instead of their product: the first tile holds small batches
#include <math.h>

typedef unsigned char u8;

struct AttnW { const float *wq, *bq, *wk, *bk, *wv, *bv, *wo, *bo; };  // each w [H][H], b [H] or null
struct MhaStages { float *q, *k, *v, *scores, *context; };             // what the grader wants to see; may be null

// Element (i, j) of an operand is p[i * stride + j], or p[j * stride + i] if it is transposed.
struct View { const float* p; int stride; };

// c = scale * (a b) + bias, M x N with K terms, and where it lies.
struct Product { View a, b; const float* bias; float* c; int cStride, M, N, K; float scale; };

// Up to three products of one launch (blockIdx.z), or one product for every batch element and head, a fixed way apart.
struct Batch {
    Product products[3];
    int heads;                                           // 0: three separate products
    size_t aBatch, aHead, bBatch, bHead, cBatch, cHead;  // in elements
};

__device__ Product product_of(const Batch& batch, int z) {
    if (batch.heads == 0) return batch.products[z];
    Product p = batch.products[0];
    p.a.p += z / batch.heads * batch.aBatch + z % batch.heads * batch.aHead;
    p.b.p += z / batch.heads * batch.bBatch + z % batch.heads * batch.bHead;
    p.c += z / batch.heads * batch.cBatch + z % batch.heads * batch.cHead;
    return p;
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

// B_ALONG: the sum index is the contiguous one of b, too (it always is of a). SKIP_ZEROS: a term whose left factor is 0
// is left out, because the right one may be NaN (a masked value).
template <bool B_ALONG, bool SKIP_ZEROS>
__global__ void __launch_bounds__(THREADS) gemm(Batch batch) {
    __shared__ __align__(16) float as[2][BK][BM], bs[2][BK][BN];
    Product p = product_of(batch, blockIdx.z);
    int tx = threadIdx.x % (BN / TN), ty = threadIdx.x / (BN / TN);
    int m0 = blockIdx.y * BM, n0 = blockIdx.x * BN;
    if (m0 >= p.M || n0 >= p.N) return;  // the products of one launch may differ in size
    bool wideA = p.a.stride % 4 == 0 && (size_t)p.a.p % 16 == 0, wideB = p.b.stride % 4 == 0 && (size_t)p.b.p % 16 == 0;
    float sum[TM][TN] = {};
    Slab<BM, true> nextA;
    Slab<BN, B_ALONG> nextB;
    nextA.fetch(p.a, m0, p.M, 0, p.K, wideA);
    nextB.fetch(p.b, n0, p.N, 0, p.K, wideB);
    nextA.store(as[0]);
    nextB.store(bs[0]);
    __syncthreads();
    // Tiles at the edge: threads without any element in c still fetch and wait, but need not multiply.
    bool busy = m0 + ty * 4 < p.M && n0 + tx * TN < p.N;
    int half = 0;
    for (int k0 = 0; k0 < p.K; k0 += BK) {
        bool more = k0 + BK < p.K;
        if (more) {  // the next slab travels while this one is used
            nextA.fetch(p.a, m0, p.M, k0 + BK, p.K, wideA);
            nextB.fetch(p.b, n0, p.N, k0 + BK, p.K, wideB);
        }
#pragma unroll 4
        for (int k = 0; k < (busy ? BK : 0); k++) {
            float4 low = *reinterpret_cast<float4*>(&as[half][k][ty * 4]);
            float4 high = *reinterpret_cast<float4*>(&as[half][k][BM / 2 + ty * 4]);
            float4 right = *reinterpret_cast<float4*>(&bs[half][k][tx * 4]);
            float av[TM] = {low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w};
            float bv[TN] = {right.x, right.y, right.z, right.w};
#pragma unroll
            for (int i = 0; i < TM; i++) {
                if (SKIP_ZEROS && av[i] == 0.0f) continue;
#pragma unroll
                for (int j = 0; j < TN; j++) sum[i][j] += av[i] * bv[j];
            }
        }
        if (more) {
            nextA.store(as[1 - half]);  // the other half: nobody reads it now, so one barrier per slab is enough
            nextB.store(bs[1 - half]);
        }
        __syncthreads();
        half = 1 - half;
    }
#pragma unroll
    for (int i = 0; i < TM; i++) {
        int m = m0 + (i / 4) * (BM / 2) + ty * 4 + i % 4;
        if (m >= p.M) continue;
#pragma unroll
        for (int j = 0; j < TN; j++) {
            int n = n0 + tx * TN + j;
            if (n < p.N) p.c[(size_t)m * p.cStride + n] = sum[i][j] * p.scale + (p.bias ? p.bias[n] : 0.0f);
        }
    }
}

static dim3 grid(int M, int N, int layers) {
    return dim3((N + BN - 1) / BN, (M + BM - 1) / BM, layers);
}

static Product linear(const float* x, const float* w, const float* b, float* y, int rows, int in, int out) {
    return {{x, in}, {w, in}, b, y, out, rows, out, in, 1.0f};
}

const int WARPS = 4;

__device__ float warp_max(float v) {
    for (int step = 16; step > 0; step /= 2) v = fmaxf(v, __shfl_xor_sync(0xffffffffu, v, step));
    return v;
}

__device__ float warp_sum(float v) {
    for (int step = 16; step > 0; step /= 2) v += __shfl_xor_sync(0xffffffffu, v, step);
    return v;
}

// One warp per row; the row is read once from memory and twice from the cache. scores and probs may be one buffer.
__global__ void masked_softmax(const float* scores, const u8* mask, float* probs, int A, int Sq, int Sk, int rows) {
    int lane = threadIdx.x % 32, row = blockIdx.x * WARPS + threadIdx.x / 32;
    if (row >= rows) return;
    int i = row % Sq, b = row / Sq / A;
    const u8* may = mask ? mask + ((size_t)b * Sq + i) * Sk : nullptr;
    const float* s = scores + (size_t)row * Sk;
    float* p = probs + (size_t)row * Sk;
    float largest = -INFINITY;
    for (int j = lane; j < Sk; j += 32) {
        if (!may || may[j]) largest = fmaxf(largest, s[j]);
    }
    largest = warp_max(largest);
    float sum = 0.0f;
    for (int j = lane; j < Sk; j += 32) {
        p[j] = !may || may[j] ? expf(s[j] - largest) : 0.0f;
        sum += p[j];
    }
    sum = warp_sum(sum);
    float share = sum == 0.0f ? 0.0f : 1.0f / sum;  // a row without keys stays 0
    for (int j = lane; j < Sk; j += 32) p[j] *= share;
}

// The work. Stages that the grader asks for double as scratch; the others are allocated here.
extern "C" void mha_stages(const float* xq, const float* xkv, AttnW w, const u8* mask, float* out, float* probs, int B,
                           int Sq, int Sk, int H, int A, MhaStages s) {
    int D = H / A;
    size_t queryBytes = (size_t)B * Sq * H * sizeof(float), keyBytes = (size_t)B * Sk * H * sizeof(float);
    float *q = s.q, *k = s.k, *v = s.v, *context = s.context, *p = probs;
    if (!q) cudaMalloc(&q, queryBytes);
    if (!k) cudaMalloc(&k, keyBytes);
    if (!v) cudaMalloc(&v, keyBytes);
    if (!context) cudaMalloc(&context, queryBytes);
    if (!p) cudaMalloc(&p, (size_t)B * A * Sq * Sk * sizeof(float));
    float* scores = s.scores ? s.scores : p;
    Batch qkv = {};
    qkv.products[0] = linear(xq, w.wq, w.bq, q, B * Sq, H, H);
    qkv.products[1] = linear(xkv, w.wk, w.bk, k, B * Sk, H, H);
    qkv.products[2] = linear(xkv, w.wv, w.bv, v, B * Sk, H, H);
    gemm<true, false><<<grid(B + (Sq > Sk ? Sq : Sk), H, 3), THREADS>>>(qkv);

    size_t row = (size_t)Sq * Sk;
    Batch score = {};
    score.products[0] = {{q, H}, {k, H}, nullptr, scores, Sk, Sq, Sk, D, 1.0f / sqrtf((float)D)};
    score.heads = A;
    score.aBatch = (size_t)Sq * H, score.bBatch = (size_t)Sk * H, score.cBatch = A * row;
    score.aHead = D, score.bHead = D, score.cHead = row;
    gemm<true, false><<<grid(Sq, Sk, B * A), THREADS>>>(score);

    masked_softmax<<<(B * A * Sq + WARPS - 1) / WARPS, WARPS * 32>>>(scores, mask, p, A, Sq, Sk, B * A * Sq);

    Batch value = {};
    value.products[0] = {{p, Sk}, {v, H}, nullptr, context, H, Sq, D, Sk, 1.0f};
    value.heads = A;
    value.aBatch = A * row, value.bBatch = (size_t)Sk * H, value.cBatch = (size_t)Sq * H;
    value.aHead = row, value.bHead = D, value.cHead = D;
    gemm<false, true><<<grid(Sq, D, B * A), THREADS>>>(value);

    Batch output = {};
    output.products[0] = linear(context, w.wo, w.bo, out, B * Sq, H, H);
    gemm<true, false><<<grid(B * Sq, H, 1), THREADS>>>(output);
    if (!s.q) cudaFree(q);
    if (!s.k) cudaFree(k);
    if (!s.v) cudaFree(v);
    if (!s.context) cudaFree(context);
    if (!probs) cudaFree(p);
}

extern "C" void mha(const float* xq, const float* xkv, AttnW w, const u8* mask, float* out, float* probs, int B, int Sq,
                    int Sk, int H, int A) {
    MhaStages none = {};
    mha_stages(xq, xkv, w, mask, out, probs, B, Sq, Sk, H, A, none);
}

// q0 what one head cannot do, q1 cost of the layer, q2 rank of one head's scores.
extern "C" __device__ double concept_check(int q, const double* p) {
    if (q == 0) {
        double a = p[1] * p[1], b = p[2] * p[2];
        return p[0] == 1.0 ? a * b / (a + b) : 0.0;
    }
    if (q == 1) {
        double S = p[0], H = p[1], heads = p[2], d = p[3];
        return heads * d * (4.0 * S * H + 2.0 * S * S);
    }
    double head = p[1] / p[2];
    return p[0] < head ? p[0] : head;
}
