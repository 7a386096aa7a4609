// assignment: attn-sdpa
//
// Rung 4, register tiles: 64 queries share each tile of 64 keys, and every thread computes 4 x 4 of its scores.
//
// What changed: rung 3 loads two numbers from shared memory for every multiply-add, so shared memory is its limit. Here a
// thread loads 4 queries' and 4 keys' numbers as two float4 and does 16 multiply-adds with them; the same again for the
// product of probabilities and values. Keys and values travel from memory once per 64 queries instead of once per 8. q, k
// and the probabilities lie transposed in shared memory, so that four neighbours are one aligned float4; rows of 68 floats
// spread the stores over the banks. This is the forward pass of FlashAttention (Dao et al., 2022), in fp32.
#include <cuda_runtime.h>
#include <cmath>

typedef unsigned char u8;

const int TILE = 64;        // queries and keys per tile
const int PITCH = TILE + 4; // keeps float4 aligned and shifts the banks from row to row
const int DEPTH = 16;       // columns of q and k in shared memory at a time
const int COLUMNS = 64;     // columns of v per walk over the keys
const int THREADS = 256;    // 16 x 16, each 4 x 4
const unsigned ALL = 0xffffffffu;

// Maximum and sum over the 16 neighbouring threads that share four queries.
__device__ float row_max(float value) {
    for (int offset = 8; offset > 0; offset /= 2) value = fmaxf(value, __shfl_xor_sync(ALL, value, offset));
    return value;
}

__device__ float row_sum(float value) {
    for (int offset = 8; offset > 0; offset /= 2) value += __shfl_xor_sync(ALL, value, offset);
    return value;
}

// acc[i][j] += a[i] * b[j]. Guarded: where a is 0 because a key is blocked, b may be NaN and must not be touched.
__device__ void outer_product(float (*acc)[4], float4 a, float4 b, bool guarded) {
    const float left[4] = {a.x, a.y, a.z, a.w};
    const float right[4] = {b.x, b.y, b.z, b.w};
#pragma unroll
    for (int i = 0; i < 4; i++) {
        if (!guarded || left[i] != 0.0f) {
#pragma unroll
            for (int j = 0; j < 4; j++) acc[i][j] += left[i] * right[j];
        }
    }
}

// Loads [TILE] rows x DEPTH columns of a row-major matrix, transposed; rows past the end read as 0.
__device__ void load_transposed(float (*tile)[PITCH], const float* matrix, int row0, int rows, int d0, int D) {
#pragma unroll 1
    for (int i = threadIdx.x; i < TILE * DEPTH; i += THREADS) {
        const int r = i / DEPTH;
        const int d = i % DEPTH;
        const bool inside = row0 + r < rows && d0 + d < D;
        tile[d][r] = inside ? matrix[(long long)(row0 + r) * D + d0 + d] : 0.0f;
    }
}

// s[i][j]: the scaled score of query query0 + 4 ty + i and key key0 + 4 tx + j; -inf where there is no such pair.
__device__ void scores(float (*s)[4], float (*q_tile)[PITCH], float (*k_tile)[PITCH], const float* q, const float* k,
                       const u8* mask, int query0, int key0, int Sq, int Sk, int D, float scale) {
    const int tx = threadIdx.x % 16;
    const int ty = threadIdx.x / 16;
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) s[i][j] = 0.0f;
    }
#pragma unroll 1
    for (int d0 = 0; d0 < D; d0 += DEPTH) {
        __syncthreads();  // the last tiles have been used by everyone
        load_transposed(q_tile, q, query0, Sq, d0, D);
        load_transposed(k_tile, k, key0, Sk, d0, D);
        __syncthreads();
        const int depth = min(DEPTH, D - d0);
#pragma unroll 2
        for (int d = 0; d < depth; d++) {
            outer_product(s, *(const float4*)&q_tile[d][4 * ty], *(const float4*)&k_tile[d][4 * tx], false);
        }
    }
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
            const int query = query0 + 4 * ty + i;
            const int key = key0 + 4 * tx + j;
            bool exists = query < Sq && key < Sk;
            if (mask && exists) exists = mask[(long long)query * Sk + key];
            s[i][j] = exists ? s[i][j] * scale : -INFINITY;
        }
    }
}

__global__ void __launch_bounds__(THREADS)
    sdpa_kernel(const float* q, const float* k, const float* v, const u8* mask, float* out, float* probs, int A, int Sq,
                int Sk, int D, int Dv, float scale) {
    __shared__ __align__(16) float q_tile[DEPTH][PITCH];
    __shared__ __align__(16) float k_tile[DEPTH][PITCH];
    __shared__ __align__(16) float p_tile[TILE][PITCH];  // [key][query]
    __shared__ __align__(16) float v_tile[TILE][COLUMNS];

    const int tx = threadIdx.x % 16;
    const int ty = threadIdx.x / 16;
    const long long head = blockIdx.y;
    const int query0 = blockIdx.x * TILE;
    q += head * Sq * D;
    k += head * Sk * D;
    v += head * Sk * Dv;
    out += head * Sq * Dv;
    if (mask) mask += head / A * Sq * Sk;
    if (probs) probs += head * Sq * Sk;

    // One walk over the keys for every 64 columns of v, and one more that writes the probabilities.
    const int walks = (Dv + COLUMNS - 1) / COLUMNS;
    float largest[4];
    float sum[4];
#pragma unroll 1
    for (int walk = 0; walk < walks + (probs ? 1 : 0); walk++) {
        const bool writes_probs = walk == walks;
        const int c0 = walk * COLUMNS;
        float context[4][4];
        for (int i = 0; i < 4; i++) {
            if (!writes_probs) {
                largest[i] = -INFINITY;
                sum[i] = 0.0f;
            }
            for (int j = 0; j < 4; j++) context[i][j] = 0.0f;
        }
#pragma unroll 1
        for (int key0 = 0; key0 < Sk; key0 += TILE) {
            float s[4][4];
            scores(s, q_tile, k_tile, q, k, mask, query0, key0, Sq, Sk, D, scale);
            for (int i = 0; i < 4; i++) {
                const float tile = fmaxf(fmaxf(s[i][0], s[i][1]), fmaxf(s[i][2], s[i][3]));
                const float grown = fmaxf(largest[i], row_max(tile));
                const float shrink = largest[i] == -INFINITY ? 1.0f : expf(largest[i] - grown);
                float part = 0.0f;
                for (int j = 0; j < 4; j++) {
                    s[i][j] = s[i][j] == -INFINITY ? 0.0f : expf(s[i][j] - grown);
                    part += s[i][j];
                    context[i][j] *= shrink;
                }
                const float total = sum[i] * shrink + row_sum(part);
                if (!writes_probs) sum[i] = total;  // the last walk meets no larger maximum, and must not add again
                largest[i] = grown;
            }
            if (writes_probs) {
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        const int query = query0 + 4 * ty + i;
                        const int key = key0 + 4 * tx + j;
                        if (query < Sq && key < Sk) {
                            probs[(long long)query * Sk + key] = sum[i] == 0.0f ? 0.0f : s[i][j] / sum[i];
                        }
                    }
                }
                continue;
            }
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) p_tile[4 * tx + j][4 * ty + i] = s[i][j];
            }
#pragma unroll 1
            for (int i = threadIdx.x; i < TILE * COLUMNS; i += THREADS) {
                const int r = i / COLUMNS;
                const int c = i % COLUMNS;
                const bool inside = key0 + r < Sk && c0 + c < Dv;
                v_tile[r][c] = inside ? v[(long long)(key0 + r) * Dv + c0 + c] : 0.0f;
            }
            __syncthreads();
            const int keys = min(TILE, Sk - key0);
#pragma unroll 2
            for (int j = 0; j < keys; j++) {
                outer_product(context, *(const float4*)&p_tile[j][4 * ty], *(const float4*)&v_tile[j][4 * tx],
                              mask != nullptr);
            }
        }
        for (int i = 0; i < 4 && !writes_probs; i++) {
            for (int j = 0; j < 4; j++) {
                const int query = query0 + 4 * ty + i;
                const int c = c0 + 4 * tx + j;
                if (query < Sq && c < Dv) {
                    out[(long long)query * Dv + c] = sum[i] == 0.0f ? 0.0f : context[i][j] / sum[i];
                }
            }
        }
    }
}

extern "C" void sdpa(const float* q, const float* k, const float* v, const u8* mask, float* out, float* probs, int B,
                     int A, int Sq, int Sk, int D, int Dv, float scale) {
    dim3 grid((Sq + TILE - 1) / TILE, B * A);
    sdpa_kernel<<<grid, THREADS>>>(q, k, v, mask, out, probs, A, Sq, Sk, D, Dv, scale);
}
