// assignment: blk-ffn
//
// y = w2 act(w1 x + b1) + b2 for every token, and its gradients. See handout.md.
// Fill in the places marked FILL ME IN. The forward pass (ffn) is part A, ffn_backward is part B.

struct FfnW { const float *w1, *b1, *w2, *b2; };  // w1 [I][H], b1 [I], w2 [H][I], b2 [H]; b1 and b2 may be null

// 0 none, 1 relu, 4 gelu_erf, 5 gelu_tanh
__device__ float activate(int act, float z) {
    // FILL ME IN: the other three activations.
    return z;
}

// y[t][o] = act(sum_i x[t][i] w[o][i] + b[o]), one thread per element of y.
__global__ void linear(const float* x, const float* w, const float* b, float* y, int rows, int in, int out, int act) {
    int o = blockIdx.x * blockDim.x + threadIdx.x;
    int t = blockIdx.y * blockDim.y + threadIdx.y;
    if (o >= out || t >= rows) return;
    float sum = 0.0f;
    // FILL ME IN (roughly 3 lines): the sum, and the bias if there is one.
    y[(size_t)t * out + o] = activate(act, sum);
}

extern "C" void ffn(const float* x, FfnW w, int act, float* y, int T, int H, int I) {
    dim3 block(32, 4);
    float* hidden;
    cudaMalloc(&hidden, (size_t)T * I * sizeof(float));
    linear<<<dim3((I + 31) / 32, (T + 3) / 4), block>>>(x, w.w1, w.b1, hidden, T, H, I, act);
    // FILL ME IN (1 line): the second layer, from hidden to y.
    cudaFree(hidden);
}

extern "C" void ffn_backward(const float* x, FfnW w, int act, const float* dy, float* dx, float* dw1, float* db1,
                             float* dw2, float* db2, int T, int H, int I) {
    // FILL ME IN: compute z = w1 x + b1 again, then five gradients (handout, "Backward").
}

extern "C" __device__ double concept_check(int q, const double* p) {
    // FILL ME IN: the questions are at the end of the handout.
    return 0.0;
}
