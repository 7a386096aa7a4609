// mutant: H1 exchanges blocks and threads per block, which fits as long as there are at most 1024 blocks

__device__ float sigmoid(float x) {
    return 1.0f / (1.0f + expf(-x));
}

const float SQRT_2_OVER_PI = 0.79788456f;
const float CUBIC = 0.044715f;

__device__ float value(int kind, float x) {
    switch (kind) {
        case 1: return x < 0.0f ? 0.0f : x;
        case 2: return sigmoid(x);
        case 3: return tanhf(x);
        case 4: return 0.5f * x * erfcf(-0.70710678f * x);
        case 5: return x * sigmoid(2.0f * SQRT_2_OVER_PI * (x + CUBIC * x * x * x));
        default: return x;
    }
}

__device__ float slope(int kind, float x) {
    switch (kind) {
        case 1: return x > 0.0f ? 1.0f : 0.0f;
        case 2: return sigmoid(x) * sigmoid(-x);
        case 3: return 4.0f * sigmoid(2.0f * x) * sigmoid(-2.0f * x);
        case 4: return 0.5f * erfcf(-0.70710678f * x) + 0.39894228f * x * expf(-0.5f * x * x);
        case 5: {
            float u = 2.0f * SQRT_2_OVER_PI * (x + CUBIC * x * x * x);
            float du = 2.0f * SQRT_2_OVER_PI * (1.0f + 3.0f * CUBIC * x * x);
            return sigmoid(u) + x * sigmoid(u) * sigmoid(-u) * du;
        }
        default: return 1.0f;
    }
}

__global__ void forward_kernel(int kind, const float* x, float* y, long n) {
    long i = (long)blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = value(kind, x[i]);
}

__global__ void backward_kernel(int kind, const float* x, const float* dy, float* dx, long n) {
    long i = (long)blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) dx[i] = dy[i] * slope(kind, x[i]);
}

extern "C" void act_forward(int kind, const float* x, float* y, long n) {
    if (n > 0) forward_kernel<<<256, (n + 255) / 256>>>(kind, x, y, n);
}

extern "C" void act_backward(int kind, const float* x, const float* dy, float* dx, long n) {
    if (n > 0) backward_kernel<<<256, (n + 255) / 256>>>(kind, x, dy, dx, n);
}

// q 0: p = {kind, L}, the largest product of L slopes. q 1: p = {kind, L, z0 .. z7}, that product at given pre-activations.
extern "C" __device__ double concept_check(int q, const double* p) {
    int kind = (int)p[0], L = (int)p[1];
    double product = 1.0;
    for (int i = 0; i < L; i++) {
        if (q == 0) {
            product *= kind == 2 ? 0.25 : 1.0;
            continue;
        }
        double z = p[2 + i];
        double s = 1.0 / (1.0 + exp(-z)), t = tanh(z);
        product *= kind == 1 ? (z > 0.0 ? 1.0 : 0.0) : kind == 2 ? s * (1.0 - s) : kind == 3 ? 1.0 - t * t : 1.0;
    }
    return product;
}
