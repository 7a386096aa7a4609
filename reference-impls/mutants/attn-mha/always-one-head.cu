// mutant: H6 the number of heads is not used
// assignment: attn-mha

#include <math.h>

typedef unsigned char u8;

struct AttnW { const float *wq, *bq, *wk, *bk, *wv, *bv, *wo, *bo; };  // each w [H][H], b [H] or null
struct MhaStages { float *q, *k, *v, *scores, *context; };             // what the grader wants to see; may be null

// y[r][o] = sum_i x[r][i] w[o][i] + b[o]
__global__ void linear(const float* x, const float* w, const float* b, float* y, int rows, int in, int out) {
    int o = blockIdx.x * blockDim.x + threadIdx.x;
    int r = blockIdx.y * blockDim.y + threadIdx.y;
    if (o >= out || r >= rows) return;
    float sum = 0.0f;
    for (int i = 0; i < in; i++) sum += x[(size_t)r * in + i] * w[(size_t)o * in + i];
    if (b) sum += b[o];
    y[(size_t)r * out + o] = sum;
}

// scores[b][a][i][j] = scale * sum_d q[b][i][a D + d] k[b][j][a D + d]; z counts batch elements and heads together.
__global__ void scaled_scores(const float* q, const float* k, float* scores, int A, int Sq, int Sk, int D,
                              float scale) {
    int j = blockIdx.x * blockDim.x + threadIdx.x;
    int i = blockIdx.y * blockDim.y + threadIdx.y;
    int z = blockIdx.z, b = z / A, a = z % A, H = A * D;
    if (j >= Sk || i >= Sq) return;
    const float* query = q + ((size_t)b * Sq + i) * H + a * D;
    const float* key = k + ((size_t)b * Sk + j) * H + a * D;
    float sum = 0.0f;
    for (int d = 0; d < D; d++) sum += query[d] * key[d];
    scores[((size_t)z * Sq + i) * Sk + j] = scale * sum;
}

// One thread per row. A masked key does not exist; a row without keys becomes 0. scores and probs may be one buffer.
__global__ void masked_softmax(const float* scores, const u8* mask, float* probs, int A, int Sq, int Sk, int rows) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    int i = row % Sq, b = row / Sq / A;
    const float* in = scores + (size_t)row * Sk;
    float* out = probs + (size_t)row * Sk;
    const u8* may = mask ? mask + ((size_t)b * Sq + i) * Sk : nullptr;
    float largest = -INFINITY;
    for (int j = 0; j < Sk; j++) {
        if (!may || may[j]) largest = fmaxf(largest, in[j]);
    }
    float sum = 0.0f;
    for (int j = 0; j < Sk; j++) {
        if (!may || may[j]) sum += expf(in[j] - largest);
    }
    for (int j = 0; j < Sk; j++) out[j] = !may || may[j] ? expf(in[j] - largest) / sum : 0.0f;
}

// context[b][i][a D + d] = sum_j probs[b][a][i][j] v[b][j][a D + d]. A key with probability 0 is skipped: if it is
// masked, its value may be NaN, and 0 * NaN would be NaN.
__global__ void weighted_values(const float* probs, const float* v, float* context, int A, int Sq, int Sk, int D) {
    int d = blockIdx.x * blockDim.x + threadIdx.x;
    int i = blockIdx.y * blockDim.y + threadIdx.y;
    int z = blockIdx.z, b = z / A, a = z % A, H = A * D;
    if (d >= D || i >= Sq) return;
    const float* p = probs + ((size_t)z * Sq + i) * Sk;
    float sum = 0.0f;
    for (int j = 0; j < Sk; j++) {
        if (p[j] != 0.0f) sum += p[j] * v[((size_t)b * Sk + j) * H + a * D + d];
    }
    context[((size_t)b * Sq + i) * H + a * D + d] = sum;
}

static dim3 blocks(int columns, int rows, int layers) {
    return dim3((columns + 31) / 32, (rows + 3) / 4, layers);
}

// The work. Stages that the grader asks for double as scratch; the others are allocated here.
static void attention(const float* xq, const float* xkv, AttnW w, const u8* mask, float* out, float* probs, int B,
                           int Sq, int Sk, int H, int A, MhaStages s) {
    A = 1;
    int D = H;
    size_t queryBytes = (size_t)B * Sq * H * sizeof(float), keyBytes = (size_t)B * Sk * H * sizeof(float);
    float *q = s.q, *k = s.k, *v = s.v, *context = s.context, *p = probs;
    if (!q) cudaMalloc(&q, queryBytes);
    if (!k) cudaMalloc(&k, keyBytes);
    if (!v) cudaMalloc(&v, keyBytes);
    if (!context) cudaMalloc(&context, queryBytes);
    if (!p) cudaMalloc(&p, (size_t)B * A * Sq * Sk * sizeof(float));
    float* scores = s.scores ? s.scores : p;
    dim3 block(32, 4);
    linear<<<blocks(H, B * Sq, 1), block>>>(xq, w.wq, w.bq, q, B * Sq, H, H);
    linear<<<blocks(H, B * Sk, 1), block>>>(xkv, w.wk, w.bk, k, B * Sk, H, H);
    linear<<<blocks(H, B * Sk, 1), block>>>(xkv, w.wv, w.bv, v, B * Sk, H, H);
    scaled_scores<<<blocks(Sk, Sq, B * A), block>>>(q, k, scores, A, Sq, Sk, D, 1.0f / sqrtf((float)D));
    masked_softmax<<<(B * A * Sq + 127) / 128, 128>>>(scores, mask, p, A, Sq, Sk, B * A * Sq);
    weighted_values<<<blocks(D, Sq, B * A), block>>>(p, v, context, A, Sq, Sk, D);
    linear<<<blocks(H, B * Sq, 1), block>>>(context, w.wo, w.bo, out, B * Sq, H, H);
    if (!s.q) cudaFree(q);
    if (!s.k) cudaFree(k);
    if (!s.v) cudaFree(v);
    if (!s.context) cudaFree(context);
    if (!probs) cudaFree(p);
}

extern "C" void mha(const float* xq, const float* xkv, AttnW w, const u8* mask, float* out, float* probs, int B, int Sq,
                    int Sk, int H, int A) {
    MhaStages none = {};
    attention(xq, xkv, w, mask, out, probs, B, Sq, Sk, H, A, none);
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
