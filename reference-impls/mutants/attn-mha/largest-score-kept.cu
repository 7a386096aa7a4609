// mutant: H1 softmax does not subtract the largest score: its exponentials overflow
#include <math.h>

typedef unsigned char u8;

struct AttnW { const float *wq, *bq, *wk, *bk, *wv, *bv, *wo, *bo; };  // each w [H][H], b [H] or null
struct MhaStages { float *q, *k, *v, *scores, *context; };             // what the grader wants to see; may be null

const int TILE = 16;

// y[r][o] = sum_i x[r][i] w[o][i] + b[o], one 16 x 16 tile of y per block. Both operands are contiguous along i, so
// tiles are filled by neighbouring threads from neighbouring addresses.
__global__ void linear(const float* x, const float* w, const float* b, float* y, int rows, int in, int out) {
    __shared__ float xs[TILE][TILE + 1], ws[TILE][TILE + 1];  // one column more: no bank conflict when read crosswise
    int tx = threadIdx.x, ty = threadIdx.y;
    int r0 = blockIdx.y * TILE, o0 = blockIdx.x * TILE;
    float sum = 0.0f;
    for (int i0 = 0; i0 < in; i0 += TILE) {
        xs[ty][tx] = r0 + ty < rows && i0 + tx < in ? x[(size_t)(r0 + ty) * in + i0 + tx] : 0.0f;
        ws[ty][tx] = o0 + ty < out && i0 + tx < in ? w[(size_t)(o0 + ty) * in + i0 + tx] : 0.0f;
        __syncthreads();
        for (int i = 0; i < TILE; i++) sum += xs[ty][i] * ws[tx][i];
        __syncthreads();
    }
    int r = r0 + ty, o = o0 + tx;
    if (r < rows && o < out) y[(size_t)r * out + o] = sum + (b ? b[o] : 0.0f);
}

static void launch_linear(const float* x, const float* w, const float* b, float* y, int rows, int in, int out) {
    linear<<<dim3((out + TILE - 1) / TILE, (rows + TILE - 1) / TILE), dim3(TILE, TILE)>>>(x, w, b, y, rows, in, out);
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

// One warp per query and head: scores, softmax and context in one kernel. Lanes share the keys for the scores and the
// softmax, and the features for the context.
__global__ void attend(const float* q, const float* k, const float* v, const u8* mask, float* scores, float* probs,
                       float* context, int A, int Sq, int Sk, int D, float scale, int rows) {
    extern __shared__ float queries[];  // one query per warp
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    int row = blockIdx.x * WARPS + warp;
    if (row >= rows) return;
    int i = row % Sq, a = row / Sq % A, b = row / Sq / A, H = A * D;
    float* query = queries + warp * D;
    for (int d = lane; d < D; d += 32) query[d] = q[((size_t)b * Sq + i) * H + a * D + d];
    __syncwarp();

    const u8* may = mask ? mask + ((size_t)b * Sq + i) * Sk : nullptr;
    float* s = scores + (size_t)row * Sk;
    float* p = probs + (size_t)row * Sk;
    float largest = -INFINITY;
    for (int j = lane; j < Sk; j += 32) {
        const float* key = k + ((size_t)b * Sk + j) * H + a * D;
        float sum = 0.0f;
        for (int d = 0; d < D; d++) sum += query[d] * key[d];
        s[j] = scale * sum;
        if (!may || may[j]) largest = fmaxf(largest, s[j]);
    }
    largest = warp_max(largest);
    float sum = 0.0f;
    for (int j = lane; j < Sk; j += 32) {
        p[j] = !may || may[j] ? expf(s[j]) : 0.0f;
        sum += p[j];
    }
    sum = warp_sum(sum);
    float share = sum == 0.0f ? 0.0f : 1.0f / sum;  // a row without keys stays 0
    for (int j = lane; j < Sk; j += 32) p[j] *= share;
    __syncwarp();  // the row was written by all lanes, now each of them reads it
    for (int d = lane; d < D; d += 32) {
        float mean = 0.0f;
        for (int j = 0; j < Sk; j++) {
            if (p[j] != 0.0f) mean += p[j] * v[((size_t)b * Sk + j) * H + a * D + d];  // a masked value may be NaN
        }
        context[((size_t)b * Sq + i) * H + a * D + d] = mean;
    }
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
    launch_linear(xq, w.wq, w.bq, q, B * Sq, H, H);
    launch_linear(xkv, w.wk, w.bk, k, B * Sk, H, H);
    launch_linear(xkv, w.wv, w.bv, v, B * Sk, H, H);
    int rows = B * A * Sq;
    attend<<<(rows + WARPS - 1) / WARPS, WARPS * 32, WARPS * D * sizeof(float)>>>(
        q, k, v, mask, scores, p, context, A, Sq, Sk, D, 1.0f / sqrtf((float)D), rows);
    launch_linear(context, w.wo, w.bo, out, B * Sq, H, H);
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
