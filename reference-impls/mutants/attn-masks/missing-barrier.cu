// mutant: H1b shares the length of the sequence without a barrier after it is written
// assignment: attn-masks
#include <cuda_runtime.h>
#include <cmath>

typedef unsigned char u8;

// kind is a set of bits: 1 padding, 2 causal, 4 prefix-LM, 8 window, 16 document, 32 permutation, 64 no-self.
struct MaskCfg {
    int kind;
    int Sq, Sk, prefix, window, offset;
    const int* len;    // [B]
    const int* doc;    // [B][Sk]
    const int* order;  // [Sk]
};

extern "C" __device__ int may_attend(const MaskCfg* m, int b, int q, int k) {
    const int at = q + m->offset;  // the query's absolute position
    const bool inside = at >= 0 && at < m->Sk;
    if ((m->kind & 1) && k >= m->len[b]) return 0;
    if (m->kind & 4) {
        if (k > at && k >= m->prefix) return 0;
    } else if (m->kind & 2) {
        if (k > at) return 0;
    }
    if ((m->kind & 8) && abs(at - k) > m->window) return 0;
    if ((m->kind & 16) && !(inside && m->doc[b * m->Sk + at] == m->doc[b * m->Sk + k])) return 0;
    if ((m->kind & 32) && !(inside && m->order[k] <= m->order[at])) return 0;
    if ((m->kind & 64) && k == at) return 0;
    return 1;
}

__global__ void mask_kernel(MaskCfg m, u8* mask, float* bias, float blocked) {
    const int q = blockIdx.x;
    const int b = blockIdx.y;
    const long long row = ((long long)b * m.Sq + q) * m.Sk;
    __shared__ int limit;
    if (threadIdx.x == blockDim.x - 1) limit = m.kind & 1 ? min(m.len[b], m.Sk) : m.Sk;
    MaskCfg rest = m;
    rest.kind = m.kind & ~1;
    for (int k = threadIdx.x; k < m.Sk; k += blockDim.x) {
        const int may = k < limit && may_attend(&rest, b, q, k);
        mask[row + k] = may;
        bias[row + k] = may ? 0.0f : blocked;
    }
}

extern "C" void build_mask(const MaskCfg* m, u8* mask, float* bias, int B, float blocked) {
    const int threads = m->Sk < 256 ? (m->Sk + 31) / 32 * 32 : 256;
    mask_kernel<<<dim3(m->Sq, B), threads>>>(*m, mask, bias, blocked);
}

extern "C" __device__ double concept_check(int q, const double* p) {
    if (q == 0) {  // kind, Sq, Sk, prefix, window, offset, len: count the ones
        int len = (int)p[6];
        MaskCfg m = {(int)p[0], (int)p[1], (int)p[2], (int)p[3], (int)p[4], (int)p[5], &len, nullptr, nullptr};
        double ones = 0;
        for (int i = 0; i < m.Sq; i++) {
            for (int j = 0; j < m.Sk; j++) ones += may_attend(&m, 0, i, j);
        }
        return ones;
    }
    const int site = (int)p[0];  // 0 encoder self, 1 decoder self, 2 cross
    if (q == 1) {
        const int family = (int)p[1];  // 0 encoder only, 1 decoder only, 2 encoder-decoder, 3 prefix LM
        if (site == 0) return family == 0 || family == 2 ? 2 : 1;
        if (site == 2) return family == 2 ? 2 : 1;
        if (family == 0) return 1;
        return family == 3 ? 4 : 3;
    }
    if (q == 2) return site == 1 ? p[2] + 1 : p[3];  // keys that query t sees, in training and at inference alike
    if (site == 0) return p[3];                      // rows of the mask
    return p[1] == 0 ? p[4] : 1;
}
