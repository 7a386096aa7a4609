// assignment: op-layernorm
// No template, no struct: the vector path is decided at run time.
#include <cmath>
#define BLOCK 256
#define SLOT threadIdx.x

__device__ float add_all(float* slots, float number) {
    slots[SLOT] = number;
    int far = BLOCK / 2;
    while (far >= 1) {
        __syncthreads();
        if (SLOT < far) slots[SLOT] = slots[SLOT] + slots[SLOT + far];
        far = far / 2;
    }
    __syncthreads();
    float answer = slots[0];
    __syncthreads();
    return answer;
}

__global__ void ln_kernel(const float* in, const float* scale, const float* shift, float* out_all, float* m_out,
                          float* r_out, int len, float eps, bool four) {
    __shared__ float slots[BLOCK];
    float* out = out_all + (size_t)blockIdx.x * len;
    const float* line = in + (size_t)blockIdx.x * len;

    float together = 0;
    if (!four) {
        for (int p = SLOT; p < len; p += BLOCK) together += line[p];
    } else {
        const float4* packs = (const float4*)line;
        for (int p = SLOT; p < len / 4; p += BLOCK) {
            float4 pack = packs[p];
            together += (pack.x + pack.y) + (pack.z + pack.w);
        }
    }
    float centre = add_all(slots, together) / len;

    float away = 0;
    for (int p = SLOT; p < len; p += BLOCK) away += powf(line[p] - centre, 2.0f);
    float factor = rsqrtf(add_all(slots, away) / len + eps);

    if (SLOT == BLOCK - 1) {
        r_out[blockIdx.x] = factor;
        m_out[blockIdx.x] = centre;
    }
    for (int p = SLOT; p < len; p += BLOCK) {
        float moved = (line[p] - centre) * factor * scale[p];
        if (shift != nullptr) moved = moved + shift[p];
        out[p] = moved;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows,
                          int cols, float eps) {
    ln_kernel<<<rows, BLOCK>>>(x, g, b, y, mean, rstd, cols, eps, cols % 4 == 0);
}
