// assignment: op-layernorm
// Welford's update, merged across a warp (Chan's formula); eight warps a block, one row each.
struct Moments {
    float count, center, m2;

    __device__ void push(float value) {
        count += 1.0f;
        float before = value - center;
        center += before / count;
        m2 += before * (value - center);
    }

    __device__ void absorb(const Moments& o) {
        float both = count + o.count;
        if (both == 0.0f) return;
        float gap = o.center - center;
        center += gap * (o.count / both);
        m2 += o.m2 + gap * gap * (count * (o.count / both));
        count = both;
    }

    __device__ Moments from_lane(int mask) const {
        Moments other;
        other.count = __shfl_xor_sync(0xffffffffu, count, mask);
        other.center = __shfl_xor_sync(0xffffffffu, center, mask);
        other.m2 = __shfl_xor_sync(0xffffffffu, m2, mask);
        return other;
    }
};

__global__ void welford_norm(const float* __restrict__ x, const float* __restrict__ g, const float* __restrict__ b,
                             float* __restrict__ y, float* __restrict__ mean, float* __restrict__ rstd, int rows, int cols,
                             float eps) {
    const int lane = threadIdx.x;
    const int row = blockIdx.x * blockDim.y + threadIdx.y;
    if (row >= rows) return;

    Moments moments = {0.0f, 0.0f, 0.0f};
    for (int at = lane; at < cols; at += warpSize) moments.push(x[row * (size_t)cols + at]);
    for (int mask = 16; mask >= 1; mask /= 2) {
        Moments other = moments.from_lane(mask);
        if (lane & mask) {
            other.absorb(moments);
            moments = other;
        } else {
            moments.absorb(other);
        }
    }

    const float scale = 1.0f / sqrtf(moments.m2 / cols + eps);
    if (lane == 0) {
        mean[row] = moments.center;
        rstd[row] = scale;
    }
    for (int at = lane; at < cols; at += warpSize) {
        float z = (x[row * (size_t)cols + at] - moments.center) * scale;
        y[row * (size_t)cols + at] = b ? fmaf(z, g[at], b[at]) : z * g[at];
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows,
                          int cols, float eps) {
    dim3 shape(32, 8);
    welford_norm<<<(rows + 7) / 8, shape>>>(x, g, b, y, mean, rstd, rows, cols, eps);
}
