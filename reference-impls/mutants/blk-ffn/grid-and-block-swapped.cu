// mutant: H1 the size of the grid is given for that of the block, which is too large a block for many tokens
// assignment: blk-ffn

struct FfnW { const float *w1, *b1, *w2, *b2; };

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

// The derivative of the activation, from the value before it.
__device__ float slope(int act, float z) {
    switch (act) {
        case 1: return z > 0.0f ? 1.0f : 0.0f;
        case 2: {
            float s = 1.0f / (1.0f + expf(-z));
            return s * (1.0f - s);
        }
        case 3: {
            float t = tanhf(z);
            return 1.0f - t * t;
        }
        case 4: return 0.5f * (1.0f + erff(z * 0.70710678f)) + z * 0.39894228f * expf(-0.5f * z * z);
        case 5: {
            float t = tanhf(0.79788456f * (z + 0.044715f * z * z * z));
            return 0.5f * (1.0f + t) + 0.5f * z * (1.0f - t * t) * 0.79788456f * (1.0f + 0.134145f * z * z);
        }
        default: return 1.0f;
    }
}

// y[t][o] = act(sum_i x[t][i] w[o][i] + b[o]); pre, if given, keeps the value before the activation.
__global__ void linear(const float* x, const float* w, const float* b, float* y, float* pre, int rows, int in, int out,
                       int act) {
    int o = blockIdx.x * blockDim.x + threadIdx.x;
    int t = blockIdx.y * blockDim.y + threadIdx.y;
    if (o >= out || t >= rows) return;
    float sum = 0.0f;
    for (int i = 0; i < in; i++) sum += x[(size_t)t * in + i] * w[(size_t)o * in + i];
    if (b) sum += b[o];
    size_t at = (size_t)t * out + o;
    if (pre) pre[at] = sum;
    y[at] = activate(act, sum);
}

// dz[t][i] = act'(z[t][i]) sum_h dy[t][h] w2[h][i]
__global__ void hidden_gradient(const float* dy, const float* w2, const float* z, float* dz, int T, int H, int I,
                                int act) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    int t = blockIdx.y * blockDim.y + threadIdx.y;
    if (i >= I || t >= T) return;
    float sum = 0.0f;
    for (int h = 0; h < H; h++) sum += dy[(size_t)t * H + h] * w2[(size_t)h * I + i];
    dz[(size_t)t * I + i] = sum * slope(act, z[(size_t)t * I + i]);
}

// dx[t][c] = sum_i dz[t][i] w[i][c]
__global__ void input_gradient(const float* dz, const float* w, float* dx, int rows, int out, int in) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    int t = blockIdx.y * blockDim.y + threadIdx.y;
    if (c >= in || t >= rows) return;
    float sum = 0.0f;
    for (int i = 0; i < out; i++) sum += dz[(size_t)t * out + i] * w[(size_t)i * in + c];
    dx[(size_t)t * in + c] = sum;
}

// dw[o][c] = sum_t dz[t][o] x[t][c]; the thread of column 0 also adds up db[o].
__global__ void weight_gradient(const float* dz, const float* x, float* dw, float* db, int rows, int out, int in) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    int o = blockIdx.y * blockDim.y + threadIdx.y;
    if (c >= in || o >= out) return;
    float sum = 0.0f, bias = 0.0f;
    for (int t = 0; t < rows; t++) {
        float g = dz[(size_t)t * out + o];
        sum += g * x[(size_t)t * in + c];
        bias += g;
    }
    dw[(size_t)o * in + c] = sum;
    if (c == 0) db[o] = bias;
}

static dim3 blocks(int columns, int rows) {
    return dim3((columns + 31) / 32, (rows + 3) / 4);
}

extern "C" void ffn(const float* x, FfnW w, int act, float* y, int T, int H, int I) {
    dim3 block(32, 4);
    float* hidden;
    cudaMalloc(&hidden, (size_t)T * I * sizeof(float));
    linear<<<blocks(I, T), block>>>(x, w.w1, w.b1, hidden, nullptr, T, H, I, act);
    linear<<<block, blocks(H, T)>>>(hidden, w.w2, w.b2, y, nullptr, T, I, H, 0);
    cudaFree(hidden);
}

extern "C" void ffn_backward(const float* x, FfnW w, int act, const float* dy, float* dx, float* dw1, float* db1,
                             float* dw2, float* db2, int T, int H, int I) {
    dim3 block(32, 4);
    size_t bytes = (size_t)T * I * sizeof(float);
    float *z, *hidden, *dz;
    cudaMalloc(&z, bytes);
    cudaMalloc(&hidden, bytes);
    cudaMalloc(&dz, bytes);
    linear<<<blocks(I, T), block>>>(x, w.w1, w.b1, hidden, z, T, H, I, act);
    weight_gradient<<<blocks(I, H), block>>>(dy, hidden, dw2, db2, T, H, I);
    hidden_gradient<<<blocks(I, T), block>>>(dy, w.w2, z, dz, T, H, I, act);
    weight_gradient<<<blocks(H, I), block>>>(dz, x, dw1, db1, T, I, H);
    input_gradient<<<blocks(H, T), block>>>(dz, w.w1, dx, T, I, H);
    cudaFree(z);
    cudaFree(hidden);
    cudaFree(dz);
}

// q0 FLOPs of the block, q1 its share of a layer's weights, q2 one hidden unit read as key and value.
extern "C" __device__ double concept_check(int q, const double* p) {
    if (q == 0) return 4.0 * p[0] * p[1] * p[2];
    if (q == 1) {
        double H = p[0], I = p[1];
        return 2.0 * H * I / (4.0 * H * H + 2.0 * H * I);
    }
    double z = p[0] * p[3] + p[1] * p[4] + p[2] * p[5] + p[6];
    double a = p[8] == 1.0 ? (z > 0.0 ? z : 0.0) : 0.5 * z * (1.0 + erf(z * 0.70710678118654752));
    return p[7] * a;
}
