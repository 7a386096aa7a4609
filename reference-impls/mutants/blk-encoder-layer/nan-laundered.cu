// mutant: H5 fminf and fmaxf clamp what a norm gives, which turns a NaN into a number
// assignment: blk-encoder-layer

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

// y[r][o] = act(sum_i x[r][i] w[o][i] + b[o])
__global__ void linear(const float* x, const float* w, const float* b, float* y, int rows, int in, int out,
                       int act) {
    int o = blockIdx.x * blockDim.x + threadIdx.x;
    int r = blockIdx.y * blockDim.y + threadIdx.y;
    if (o >= out || r >= rows) return;
    float sum = 0.0f;
    for (int i = 0; i < in; i++) sum += x[(size_t)r * in + i] * w[(size_t)o * in + i];
    if (b) sum += b[o];
    y[(size_t)r * out + o] = activate(act, sum);
}

// scores[b][a][i][j] = scale * sum_d q[b][i][a D + d] k[b][j][a D + d]; z counts batch elements and heads together.
__global__ void scaled_scores(const float* q, const float* k, float* scores, int A, int S, int D, float scale) {
    int j = blockIdx.x * blockDim.x + threadIdx.x;
    int i = blockIdx.y * blockDim.y + threadIdx.y;
    int z = blockIdx.z, b = z / A, a = z % A, H = A * D;
    if (j >= S || i >= S) return;
    const float* query = q + ((size_t)b * S + i) * H + a * D;
    const float* key = k + ((size_t)b * S + j) * H + a * D;
    float sum = 0.0f;
    for (int d = 0; d < D; d++) sum += query[d] * key[d];
    scores[((size_t)z * S + i) * S + j] = scale * sum;
}

// One thread per row. Padding does not exist; a row without keys becomes 0. scores and probs may be one buffer.
__global__ void padded_softmax(const float* scores, const int* len, float* probs, int A, int S, int rows) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    int keys = len ? len[row / S / A] : S;
    const float* in = scores + (size_t)row * S;
    float* out = probs + (size_t)row * S;
    float largest = -INFINITY;
    for (int j = 0; j < keys; j++) largest = fmaxf(largest, in[j]);
    float sum = 0.0f;
    for (int j = 0; j < keys; j++) sum += expf(in[j] - largest);
    for (int j = 0; j < S; j++) out[j] = j < keys ? expf(in[j] - largest) / sum : 0.0f;
}

// context[b][i][a D + d] = sum_j probs[b][a][i][j] v[b][j][a D + d]. A key with probability 0 is skipped: padding
// may be NaN, and 0 * NaN would be NaN.
__global__ void weighted_values(const float* probs, const float* v, float* context, int A, int S, int D) {
    int d = blockIdx.x * blockDim.x + threadIdx.x;
    int i = blockIdx.y * blockDim.y + threadIdx.y;
    int z = blockIdx.z, b = z / A, a = z % A, H = A * D;
    if (d >= D || i >= S) return;
    const float* p = probs + ((size_t)z * S + i) * S;
    float sum = 0.0f;
    for (int j = 0; j < S; j++) {
        if (p[j] != 0.0f) sum += p[j] * v[((size_t)b * S + j) * H + a * D + d];
    }
    context[((size_t)b * S + i) * H + a * D + d] = sum;
}

static dim3 blocks(int columns, int rows, int layers) {
    return dim3((columns + 31) / 32, (rows + 3) / 4, layers);
}

// y = LN(x + sub), one thread per token; sum, if given, keeps x + sub.
__global__ void add_norm(const float* x, const float* sub, LnW ln, float* sum, float* y, int rows, int H, float eps) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    size_t at = (size_t)row * H;
    float mean = 0.0f;
    for (int i = 0; i < H; i++) mean += x[at + i] + sub[at + i];
    mean /= H;
    float variance = 0.0f;
    for (int i = 0; i < H; i++) {
        float d = x[at + i] + sub[at + i] - mean;
        variance += d * d;
    }
    float scale = 1.0f / sqrtf(variance / H + eps);
    for (int i = 0; i < H; i++) {
        float v = x[at + i] + sub[at + i];
        if (sum) sum[at + i] = v;
        y[at + i] = fminf(fmaxf((v - mean) * scale * ln.g[i] + (ln.b ? ln.b[i] : 0.0f), -100.0f), 100.0f);
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
    dim3 block(32, 4);
    linear<<<blocks(H, T, 1), block>>>(x, w.att.wq, w.att.bq, q, T, H, H, 0);
    linear<<<blocks(H, T, 1), block>>>(x, w.att.wk, w.att.bk, k, T, H, H, 0);
    linear<<<blocks(H, T, 1), block>>>(x, w.att.wv, w.att.bv, v, T, H, H, 0);
    scaled_scores<<<blocks(S, S, B * A), block>>>(q, k, scores, A, S, D, 1.0f / sqrtf((float)D));
    padded_softmax<<<(B * A * S + 127) / 128, 128>>>(scores, len, probs, A, S, B * A * S);
    weighted_values<<<blocks(D, S, B * A), block>>>(probs, v, context, A, S, D);
    linear<<<blocks(H, T, 1), block>>>(context, w.att.wo, w.att.bo, attention, T, H, H, 0);
    add_norm<<<(T + 127) / 128, 128>>>(x, attention, w.ln1, s.sum1, norm1, T, H, eps);
    linear<<<blocks(I, T, 1), block>>>(norm1, w.ffn.w1, w.ffn.b1, hidden, T, H, I, act);
    linear<<<blocks(H, T, 1), block>>>(hidden, w.ffn.w2, w.ffn.b2, ffn, T, I, H, 0);
    add_norm<<<(T + 127) / 128, 128>>>(norm1, ffn, w.ln2, s.sum2, y, T, H, eps);
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
