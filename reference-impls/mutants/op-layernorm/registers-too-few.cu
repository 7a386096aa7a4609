// mutant: H1a rows of 897 to 1024 do not fit into the registers that their kernel has
// assignment: op-layernorm
__device__ float warp_sum(float v) {
    for (int step = 16; step > 0; step /= 2) v += __shfl_xor_sync(0xffffffffu, v, step);
    return v;
}

// Sums over the THREADS threads of a block; with one warp it needs neither shared memory nor a barrier.
template <int THREADS>
__device__ float block_sum(float v, float* slots) {
    v = warp_sum(v);
    if (THREADS == 32) return v;
    __syncthreads();
    if (threadIdx.x % 32 == 0) slots[threadIdx.x / 32] = v;
    __syncthreads();
    float total = 0.0f;
#pragma unroll
    for (int w = 0; w < THREADS / 32; w++) total += slots[w];
    return total;
}

// Element k of a thread's share: consecutive groups of W, dealt out to the threads in turn.
template <int THREADS, int W>
__device__ int column(int k) {
    return (k / W * THREADS + threadIdx.x) * W + k % W;
}

template <int THREADS, int PER_THREAD, int W>
__global__ void __launch_bounds__(THREADS)
    layernorm_registers(const float* __restrict__ x, const float* __restrict__ g, const float* __restrict__ b,
                        float* __restrict__ y, float* mean, float* rstd, int cols, float eps) {
    __shared__ float slots[THREADS / 32];
    const float* in = x + (size_t)blockIdx.x * cols;
    float* out = y + (size_t)blockIdx.x * cols;
    float v[PER_THREAD];

    float sum = 0.0f;
#pragma unroll
    for (int k = 0; k < PER_THREAD; k += W) {
        int c = column<THREADS, W>(k);
        if (W == 4) {
            float4 four = c < cols ? *reinterpret_cast<const float4*>(in + c) : make_float4(0, 0, 0, 0);
            v[k] = four.x, v[k + W / 4] = four.y, v[k + W / 2] = four.z, v[k + W - 1] = four.w;
            sum += (four.x + four.y) + (four.z + four.w);
        } else {
            v[k] = c < cols ? in[c] : 0.0f;
            sum += v[k];
        }
    }
    float m = block_sum<THREADS>(sum, slots) / cols;

    float deviation = 0.0f, squares = 0.0f;
#pragma unroll
    for (int k = 0; k < PER_THREAD; k++) {
        if (column<THREADS, W>(k) < cols) {
            float d = v[k] - m;
            v[k] = d;
            deviation += d;
            squares += d * d;
        }
    }
    float rest = block_sum<THREADS>(deviation, slots) / cols;
    float variance = block_sum<THREADS>(squares, slots) / cols - rest * rest;
    if (variance < 0.0f) variance = 0.0f;
    float r = 1.0f / sqrtf(variance + eps);

#pragma unroll
    for (int k = 0; k < PER_THREAD; k += W) {
        int c = column<THREADS, W>(k);
        if (c >= cols) continue;
        if (W == 4) {
            float4 gain = *reinterpret_cast<const float4*>(g + c);
            float4 bias = b ? *reinterpret_cast<const float4*>(b + c) : make_float4(0, 0, 0, 0);
            float4 result;
            result.x = (v[k] - rest) * r * gain.x + bias.x;
            result.y = (v[k + W / 4] - rest) * r * gain.y + bias.y;
            result.z = (v[k + W / 2] - rest) * r * gain.z + bias.z;
            result.w = (v[k + W - 1] - rest) * r * gain.w + bias.w;
            *reinterpret_cast<float4*>(out + c) = result;
        } else {
            out[c] = (v[k] - rest) * r * g[c] + (b ? b[c] : 0.0f);
        }
    }
    if (threadIdx.x == 0) {
        mean[blockIdx.x] = m + rest;
        rstd[blockIdx.x] = r;
    }
}

// Rows too long for registers: three sweeps; the second and third find the row in the L2 cache.
template <int THREADS>
__global__ void layernorm_long(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd,
                               int cols, float eps) {
    __shared__ float slots[THREADS / 32];
    const float* in = x + (size_t)blockIdx.x * cols;
    float* out = y + (size_t)blockIdx.x * cols;
    float sum = 0.0f;
    for (int c = threadIdx.x; c < cols; c += THREADS) sum += in[c];
    float m = block_sum<THREADS>(sum, slots) / cols;
    float deviation = 0.0f, squares = 0.0f;
    for (int c = threadIdx.x; c < cols; c += THREADS) {
        float d = in[c] - m;
        deviation += d;
        squares += d * d;
    }
    float rest = block_sum<THREADS>(deviation, slots) / cols;
    float variance = block_sum<THREADS>(squares, slots) / cols - rest * rest;
    if (variance < 0.0f) variance = 0.0f;
    float r = 1.0f / sqrtf(variance + eps);
    for (int c = threadIdx.x; c < cols; c += THREADS) {
        out[c] = ((in[c] - m) - rest) * r * g[c] + (b ? b[c] : 0.0f);
    }
    if (threadIdx.x == 0) {
        mean[blockIdx.x] = m + rest;
        rstd[blockIdx.x] = r;
    }
}

extern "C" void layernorm(const float* x, const float* g, const float* b, float* y, float* mean, float* rstd, int rows,
                          int cols, float eps) {
    if (rows == 0) return;
    bool wide = cols % 4 == 0 && ((size_t)x | (size_t)g | (size_t)b | (size_t)y) % 16 == 0;
    if (cols <= 128) {
        if (wide) layernorm_registers<32, 4, 4><<<rows, 32>>>(x, g, b, y, mean, rstd, cols, eps);
        else layernorm_registers<32, 4, 1><<<rows, 32>>>(x, g, b, y, mean, rstd, cols, eps);
    } else if (cols <= 1024) {
        if (wide) layernorm_registers<128, 8, 4><<<rows, 128>>>(x, g, b, y, mean, rstd, cols, eps);
        else layernorm_registers<128, 7, 1><<<rows, 128>>>(x, g, b, y, mean, rstd, cols, eps);
    } else if (cols <= 4096) {
        if (wide) layernorm_registers<256, 16, 4><<<rows, 256>>>(x, g, b, y, mean, rstd, cols, eps);
        else layernorm_registers<256, 16, 1><<<rows, 256>>>(x, g, b, y, mean, rstd, cols, eps);
    } else {
        layernorm_long<512><<<rows, 512>>>(x, g, b, y, mean, rstd, cols, eps);
    }
}
