// Asks concept_check one case per thread: question q[i] with the parameters p[i * stride ...].
extern "C" __device__ double concept_check(int q, const double* p);

extern "C" __global__ void wg_concept(const int* q, const double* p, int stride, double* answers, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) answers[i] = concept_check(q[i], p + (size_t)i * stride);
}
