// assignment: attn-masks
//
// Rung 3, a row is an interval: what depends on the query alone is worked out once per row, and four keys are written at once.
//
// What changed: padding, causal, prefix and window together leave one interval of keys (and the prefix), so a key costs two
// comparisons instead of five tests. A thread writes four bytes of the mask and four floats of the bias with one store each:
// the kernel only writes, 5 bytes per element, and wide stores are what keeps the memory busy.
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

// What a row of the mask needs, read once: the interval of keys that padding, causal, prefix and window leave, and the
// query's own document and order.
struct Row {
    int first, last;      // keys first .. last - 1 are permitted by the interval conditions ...
    int extra;            // ... and so are the keys below this one (the prefix)
    int at, document, rank;
    const int* doc;       // null if documents do not matter
    const int* order;     // null if the permutation does not matter
    bool self;
};

__device__ Row row_of(const MaskCfg& m, int b, int q) {
    Row r;
    r.at = q + m.offset;
    r.first = 0;
    r.last = m.Sk;
    if (m.kind & 6) r.last = min(r.last, r.at + 1);
    r.extra = m.kind & 4 ? m.prefix : 0;
    const int low = m.kind & 8 ? r.at - m.window : 0;
    const int high = m.kind & 8 ? r.at + m.window + 1 : m.Sk;
    const int end = min(high, m.kind & 1 ? m.len[b] : m.Sk);
    r.first = max(r.first, low);
    r.last = min(r.last, end);
    r.extra = min(r.extra, end);
    const bool inside = r.at >= 0 && r.at < m.Sk;
    r.doc = m.kind & 16 ? m.doc + (long long)b * m.Sk : nullptr;
    r.order = m.kind & 32 ? m.order : nullptr;
    if ((r.doc || r.order) && !inside) r.last = r.extra = -1;  // nothing is permitted
    r.document = r.doc && inside ? r.doc[r.at] : 0;
    r.rank = r.order && inside ? r.order[r.at] : 0;
    r.self = !(m.kind & 64);
    return r;
}

__device__ bool permits(const Row& r, int k) {
    bool may = k >= r.first && (k < r.last || k < r.extra);
    if (r.doc && may) may = r.doc[k] == r.document;
    if (r.order && may) may = r.order[k] <= r.rank;
    return may && (r.self || k != r.at);
}

__global__ void mask_kernel(MaskCfg m, u8* mask, float* bias, float blocked, bool aligned) {
    const int q = blockIdx.x;
    const int b = blockIdx.y;
    const long long start = ((long long)b * m.Sq + q) * m.Sk;
    const Row row = row_of(m, b, q);
    if (aligned) {
        for (int k = 4 * threadIdx.x; k < m.Sk; k += 4 * blockDim.x) {
            const uchar4 may = make_uchar4(permits(row, k), permits(row, k + 1), permits(row, k + 2), permits(row, k + 3));
            *(uchar4*)(mask + start + k) = may;
            *(float4*)(bias + start + k) = make_float4(may.x ? 0.0f : blocked, may.y ? 0.0f : blocked,
                                                       may.z ? 0.0f : blocked, may.w ? 0.0f : blocked);
        }
    } else {
        for (int k = threadIdx.x; k < m.Sk; k += blockDim.x) {
            const bool may = permits(row, k);
            mask[start + k] = may;
            bias[start + k] = may ? 0.0f : blocked;
        }
    }
}

extern "C" void build_mask(const MaskCfg* m, u8* mask, float* bias, int B, float blocked) {
    const bool aligned = m->Sk % 4 == 0 && (unsigned long long)bias % 16 == 0 && (unsigned long long)mask % 4 == 0;
    const int work = aligned ? m->Sk / 4 : m->Sk;
    const int threads = work < 256 ? (work + 31) / 32 * 32 : 256;
    mask_kernel<<<dim3(m->Sq, B), threads>>>(*m, mask, bias, blocked, aligned);
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
