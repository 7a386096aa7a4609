// assignment: attn-sdpa
//
// Rung 3, tiles and an online softmax: eight queries share each tile of 32 keys and values in shared memory.
//
// What changed: a block of eight warps, one query per warp, walks over the keys in tiles of 32. The tile is loaded once
// for all eight queries, which divides the traffic of rung 2 by eight. Lane j scores key j of the tile; then each lane
// owns output columns lane, lane + 32, ... and adds p_j v_j. The maximum and the sum are kept online (Milakov and
// Gimelshein, 2018): when the maximum grows, what has been summed is rescaled by exp(old - new). So no matrix of scores
// is stored and no scratch memory is needed. Only if the caller wants the probabilities a second walk writes them.
#include <cuda_runtime.h>
#include <cmath>

typedef unsigned char u8;

const int QUERIES = 8;   // warps per block
const int KEYS = 32;     // keys per tile, one per lane
const int DEPTH = 64;    // columns of q and k in shared memory at a time
const int COLUMNS = 128; // columns of v at a time: four per lane
const unsigned ALL = 0xffffffffu;

__device__ float warp_max(float value) {
    for (int offset = 16; offset > 0; offset /= 2) value = fmaxf(value, __shfl_xor_sync(ALL, value, offset));
    return value;
}

__device__ float warp_sum(float value) {
    for (int offset = 16; offset > 0; offset /= 2) value += __shfl_xor_sync(ALL, value, offset);
    return value;
}

// The score of this warp's query and key `first + lane`; -inf where the key is blocked or past the end.
// One padding column keeps the 32 lanes, which read down a column of k_tile, on 32 different banks.
__device__ float score(const float* q, const float* k, float (*q_tile)[DEPTH], float (*k_tile)[DEPTH + 1], bool exists,
                       int query0, int Sq, int first, int Sk, int D, float scale) {
    const int warp = threadIdx.x / 32;
    const int lane = threadIdx.x % 32;
    float sum = 0.0f;
#pragma unroll 1
    for (int d0 = 0; d0 < D; d0 += DEPTH) {
        const int depth = min(DEPTH, D - d0);
        __syncthreads();  // the last tile has been used by everyone
#pragma unroll 1
        for (int i = threadIdx.x; i < QUERIES * depth; i += QUERIES * 32) {
            int r = i / depth;
            int d = i % depth;
            if (query0 + r < Sq) q_tile[r][d] = q[(long long)(query0 + r) * D + d0 + d];
        }
#pragma unroll 1
        for (int i = threadIdx.x; i < KEYS * depth; i += QUERIES * 32) {
            int r = i / depth;
            int d = i % depth;
            if (first + r < Sk) k_tile[r][d] = k[(long long)(first + r) * D + d0 + d];
        }
        __syncthreads();
        if (exists) {
            for (int d = 0; d < depth; d++) sum += q_tile[warp][d] * k_tile[lane][d];
        }
    }
    return exists ? sum * scale : -INFINITY;
}

__global__ void sdpa_kernel(const float* q, const float* k, const float* v, const u8* mask, float* out, float* probs,
                            int A, int Sq, int Sk, int D, int Dv, float scale) {
    __shared__ float q_tile[QUERIES][DEPTH];
    __shared__ float k_tile[KEYS][DEPTH + 1];
    __shared__ float v_tile[KEYS][COLUMNS];

    const int warp = threadIdx.x / 32;
    const int lane = threadIdx.x % 32;
    const long long head = blockIdx.y;
    const int query0 = blockIdx.x * QUERIES;
    const int query = query0 + warp;
    const bool active = query < Sq;  // idle warps keep walking: they help to load and reach every barrier
    const u8* allowed = mask && active ? mask + (head / A * Sq + query) * Sk : nullptr;
    q += head * Sq * D;
    k += head * Sk * D;
    v += head * Sk * Dv;
    out += head * Sq * Dv;

    float largest = -INFINITY;
    float sum = 0.0f;
    for (int c0 = 0; c0 < Dv; c0 += COLUMNS) {
        const int columns = min(COLUMNS, Dv - c0);
        float context[COLUMNS / 32] = {0.0f, 0.0f, 0.0f, 0.0f};
        largest = -INFINITY;
        sum = 0.0f;
        for (int first = 0; first < Sk; first += KEYS) {
            const int key = first + lane;
            const bool exists = active && key < Sk && (!allowed || allowed[key]);
            const float s = score(q, k, q_tile, k_tile, exists, query0, Sq, first, Sk, D, scale);
#pragma unroll 1
            for (int i = threadIdx.x; i < KEYS * columns; i += QUERIES * 32) {
                int r = i / columns;
                int c = i % columns;
                if (first + r < Sk) v_tile[r][c] = v[(long long)(first + r) * Dv + c0 + c];
            }
            __syncthreads();

            const float grown = fmaxf(largest, warp_max(s));
            const float shrink = largest == -INFINITY ? 1.0f : expf(largest - grown);
            const float p = exists ? expf(s - grown) : 0.0f;
            sum = sum * shrink + warp_sum(p);
            largest = grown;
            for (int i = 0; i < COLUMNS / 32; i++) context[i] *= shrink;
#pragma unroll 4
            for (int j = 0; j < KEYS; j++) {
                const float pj = __shfl_sync(ALL, p, j);
                if (pj != 0.0f) {  // 0 * NaN would be NaN
                    for (int i = 0; i < COLUMNS / 32; i++) {
                        if (lane + 32 * i < columns) context[i] += pj * v_tile[j][lane + 32 * i];
                    }
                }
            }
        }
        for (int i = 0; i < COLUMNS / 32; i++) {
            int c = lane + 32 * i;
            if (active && c < columns) out[(long long)query * Dv + c0 + c] = sum == 0.0f ? 0.0f : context[i] / sum;
        }
    }
    if (probs == nullptr) return;

    probs += head * Sq * Sk;
    for (int first = 0; first < Sk; first += KEYS) {
        const int key = first + lane;
        const bool exists = active && key < Sk && (!allowed || allowed[key]);
        const float s = score(q, k, q_tile, k_tile, exists, query0, Sq, first, Sk, D, scale);
        if (active && key < Sk) probs[(long long)query * Sk + key] = exists ? expf(s - largest) / sum : 0.0f;
    }
}

extern "C" void sdpa(const float* q, const float* k, const float* v, const u8* mask, float* out, float* probs, int B,
                     int A, int Sq, int Sk, int D, int Dv, float scale) {
    dim3 grid((Sq + QUERIES - 1) / QUERIES, B * A);
    sdpa_kernel<<<grid, QUERIES * 32>>>(q, k, v, mask, out, probs, A, Sq, Sk, D, Dv, scale);
}
