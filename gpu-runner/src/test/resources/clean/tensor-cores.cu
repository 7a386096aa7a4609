#include <mma.h>
using namespace nvcuda;
__global__ void square(float* data) {
    __shared__ __align__(32) half a[256];
    __shared__ __align__(32) float c[2][256];
    for (int i = threadIdx.x; i < 256; i += 64) a[i] = __float2half(i % 17 == 0 ? 1.0f : 0.0f);
    __syncthreads();
    wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> fa;
    wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::row_major> fb;
    wmma::fragment<wmma::accumulator, 16, 16, 16, float> fc;
    wmma::fill_fragment(fc, 0.0f);
    wmma::load_matrix_sync(fa, a, 16);
    wmma::load_matrix_sync(fb, a, 16);
    wmma::mma_sync(fc, fa, fb, fc);
    wmma::store_matrix_sync(c[threadIdx.x / 32], fc, 16, wmma::mem_row_major);
    __syncwarp();
    unsigned pair;
    asm volatile("ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%0}, [%1];"
                 : "=r"(pair) : "r"((unsigned)__cvta_generic_to_shared(a + threadIdx.x % 8 * 16)));
    if (threadIdx.x % 32 == 0) data[threadIdx.x / 32] = c[threadIdx.x / 32][17] + (pair & 1);
}
extern "C" void solve(float* data, int* ints, int n) { square<<<1, 64>>>(data); }
