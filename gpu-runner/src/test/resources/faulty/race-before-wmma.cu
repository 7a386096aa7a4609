#include <mma.h>
using namespace nvcuda;
__global__ void twice(float* data) {
    __shared__ __align__(32) half a[256];
    for (int i = threadIdx.x; i < 256; i += 64) a[i] = __float2half(0.0f);
    __syncthreads();
    for (int i = threadIdx.x; i < 256; i += 64) a[i] = __float2half(i % 17 == 0 ? 1.0f : 0.0f);
    wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> fa;
    wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::row_major> fb;
    wmma::fragment<wmma::accumulator, 16, 16, 16, float> fc;
    wmma::fill_fragment(fb, 2.0f);
    wmma::fill_fragment(fc, 0.0f);
    wmma::load_matrix_sync(fa, a, 16);  // <- shared-race
    wmma::mma_sync(fc, fa, fb, fc);
    if (threadIdx.x == 0) data[0] = fc.x[0];
}
extern "C" void solve(float* data, int* ints, int n) { twice<<<1, 64>>>(data); }
