// mutant: H1 softmax does not subtract the largest score: its exponentials overflow
#include <math.h>

struct AttnW { const float *wq, *bq, *wk, *bk, *wv, *bv, *wo, *bo; };  // each w [H][H], b [H] or null
struct LnW { const float *g, *b; };                                    // [H]; b may be null
struct FfnW { const float *w1, *b1, *w2, *b2; };                       // w1 [I][H], w2 [H][I]; b1, b2 may be null
struct EncW { AttnW att; LnW ln1; FfnW ffn; LnW ln2; };

// What the grader wants to see; any of them may be null.
struct EncStages { float *q, *k, *v, *scores, *probs, *context, *attention, *sum1, *norm1, *hidden, *ffn, *sum2; };

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

const int TILE = 16;

// y[r][o] = act(sum_i x[r][i] w[o][i] + b[o]), one 16 x 16 tile of y per block. Both operands are contiguous along i,
// so tiles are filled by neighbouring threads from neighbouring addresses.
__global__ void linear(const float* x, const float* w, const float* b, float* y, int rows, int in, int out,
                       int act) {
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
    if (r < rows && o < out) y[(size_t)r * out + o] = activate(act, sum + (b ? b[o] : 0.0f));
}

static void launch_linear(const float* x, const float* w, const float* b, float* y, int rows, int in, int out,
                          int act) {
    dim3 grid((out + TILE - 1) / TILE, (rows + TILE - 1) / TILE);
    linear<<<grid, dim3(TILE, TILE)>>>(x, w, b, y, rows, in, out, act);
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
__global__ void attend(const float* q, const float* k, const float* v, const int* len, float* scores, float* probs,
                       float* context, int A, int S, int D, float scale, int rows) {
    extern __shared__ float queries[];  // one query per warp
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    int row = blockIdx.x * WARPS + warp;
    if (row >= rows) return;
    int i = row % S, a = row / S % A, b = row / S / A, H = A * D;
    float* query = queries + warp * D;
    for (int d = lane; d < D; d += 32) query[d] = q[((size_t)b * S + i) * H + a * D + d];
    __syncwarp();

    int keys = len ? len[b] : S;
    float* s = scores + (size_t)row * S;
    float* p = probs + (size_t)row * S;
    float largest = -INFINITY;
    for (int j = lane; j < S; j += 32) {
        const float* key = k + ((size_t)b * S + j) * H + a * D;
        float sum = 0.0f;
        for (int d = 0; d < D; d++) sum += query[d] * key[d];
        s[j] = scale * sum;
        if (j < keys) largest = fmaxf(largest, s[j]);
    }
    largest = warp_max(largest);
    float sum = 0.0f;
    for (int j = lane; j < S; j += 32) {
        p[j] = j < keys ? expf(s[j]) : 0.0f;
        sum += p[j];
    }
    sum = warp_sum(sum);
    float share = sum == 0.0f ? 0.0f : 1.0f / sum;  // a row without keys stays 0
    for (int j = lane; j < S; j += 32) p[j] *= share;
    __syncwarp();  // the row was written by all lanes, now each of them reads it
    for (int d = lane; d < D; d += 32) {
        float mean = 0.0f;
        for (int j = 0; j < S; j++) {
            if (p[j] != 0.0f) mean += p[j] * v[((size_t)b * S + j) * H + a * D + d];  // padding may be NaN
        }
        context[((size_t)b * S + i) * H + a * D + d] = mean;
    }
}

// y = LN(x + sub), one warp per token; sum, if given, keeps x + sub. The second and third sweep find the row in the
// cache.
__global__ void add_norm(const float* x, const float* sub, LnW ln, float* sum, float* y, int rows, int H, float eps) {
    int lane = threadIdx.x % 32, row = blockIdx.x * WARPS + threadIdx.x / 32;
    if (row >= rows) return;
    size_t at = (size_t)row * H;
    float mean = 0.0f;
    for (int i = lane; i < H; i += 32) mean += x[at + i] + sub[at + i];
    mean = warp_sum(mean) / H;
    float variance = 0.0f;
    for (int i = lane; i < H; i += 32) {
        float d = x[at + i] + sub[at + i] - mean;
        variance += d * d;
    }
    float scale = 1.0f / sqrtf(warp_sum(variance) / H + eps);
    for (int i = lane; i < H; i += 32) {
        float v = x[at + i] + sub[at + i];
        if (sum) sum[at + i] = v;
        y[at + i] = (v - mean) * scale * ln.g[i] + (ln.b ? ln.b[i] : 0.0f);
    }
}

// The stage if the grader asks for it, else scratch of that many floats.
static float* buffer(float* stage, size_t floats) {
    if (!stage) cudaMalloc(&stage, floats * sizeof(float));
    return stage;
}

static void release(float* stage, float* p) {
    if (!stage) cudaFree(p);
}

// The work. A stage that the grader asks for is used where scratch would be.
extern "C" void encoder_layer_stages(const float* x, EncW w, const int* len, float* y, int B, int S, int H, int A,
                                     int I, int act, float eps, EncStages s) {
    int D = H / A, T = B * S;
    size_t wide = (size_t)T * H, square = (size_t)B * A * S * S;
    float* q = buffer(s.q, wide);
    float* k = buffer(s.k, wide);
    float* v = buffer(s.v, wide);
    float* probs = buffer(s.probs, square);
    float* scores = s.scores ? s.scores : probs;
    float* context = buffer(s.context, wide);
    float* attention = buffer(s.attention, wide);
    float* norm1 = buffer(s.norm1, wide);
    float* hidden = buffer(s.hidden, (size_t)T * I);
    float* ffn = buffer(s.ffn, wide);
    launch_linear(x, w.att.wq, w.att.bq, q, T, H, H, 0);
    launch_linear(x, w.att.wk, w.att.bk, k, T, H, H, 0);
    launch_linear(x, w.att.wv, w.att.bv, v, T, H, H, 0);
    int rows = T * A;
    attend<<<(rows + WARPS - 1) / WARPS, WARPS * 32, WARPS * D * sizeof(float)>>>(
        q, k, v, len, scores, probs, context, A, S, D, 1.0f / sqrtf((float)D), rows);
    launch_linear(context, w.att.wo, w.att.bo, attention, T, H, H, 0);
    add_norm<<<(T + WARPS - 1) / WARPS, WARPS * 32>>>(x, attention, w.ln1, s.sum1, norm1, T, H, eps);
    launch_linear(norm1, w.ffn.w1, w.ffn.b1, hidden, T, H, I, act);
    launch_linear(hidden, w.ffn.w2, w.ffn.b2, ffn, T, I, H, 0);
    add_norm<<<(T + WARPS - 1) / WARPS, WARPS * 32>>>(norm1, ffn, w.ln2, s.sum2, y, T, H, eps);
    release(s.q, q);
    release(s.k, k);
    release(s.v, v);
    release(s.probs, probs);
    release(s.context, context);
    release(s.attention, attention);
    release(s.norm1, norm1);
    release(s.hidden, hidden);
    release(s.ffn, ffn);
}

extern "C" void encoder_layer(const float* x, EncW w, const int* len, float* y, int B, int S, int H, int A, int I,
                              int act, float eps) {
    EncStages none = {};
    encoder_layer_stages(x, w, len, y, B, S, H, A, I, act, eps, none);
}
