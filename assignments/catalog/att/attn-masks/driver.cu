// Compiled after the student's text: asks may_attend one case per thread, about configuration which[i].
extern "C" __global__ void wg_may_attend(const MaskCfg* configs, const int* which, const int* b, const int* q, const int* k,
                                         int* out, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) out[i] = may_attend(configs + which[i], b[i], q[i], k[i]);
}

// Asks concept_check one case per thread: question q[i] with the parameters p[i * stride ...].
extern "C" __device__ double concept_check(int q, const double* p);

extern "C" __global__ void wg_concept(const int* q, const double* p, int stride, double* answers, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) answers[i] = concept_check(q[i], p + (size_t)i * stride);
}
