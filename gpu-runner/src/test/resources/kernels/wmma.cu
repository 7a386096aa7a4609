// Tensor cores through nvcuda::wmma: one tile in every form, and a product of large matrices.
#include <mma.h>
using namespace nvcuda;

template <typename T> struct Stored { typedef T type; };
template <> struct Stored<wmma::precision::tf32> { typedef float type; };
template <typename Layout> struct Rows { enum { value = 0 }; };
template <> struct Rows<wmma::row_major> { enum { value = 1 }; };

// out = 3 + a * b for one tile; a is m by k, b is k by n, all integers, so that every type holds them exactly.
template <typename T, typename Acc, int m, int n, int k, typename LA, typename LB>
__global__ void tile(const int* a, const int* b, int* out, wmma::layout_t layout) {
    typedef typename Stored<T>::type S;
    constexpr bool aRows = Rows<LA>::value;
    constexpr bool bRows = Rows<LB>::value;
    __shared__ __align__(32) S sa[m * k];
    __shared__ __align__(32) S sb[k * n];
    __shared__ __align__(32) Acc sc[m * n];
    for (int i = threadIdx.x; i < m * k; i += 32) sa[aRows ? i : i % k * m + i / k] = (S)a[i];
    for (int i = threadIdx.x; i < k * n; i += 32) sb[bRows ? i : i % n * k + i / n] = (S)b[i];
    __syncwarp();
    wmma::fragment<wmma::matrix_a, m, n, k, T, LA> fa;
    wmma::fragment<wmma::matrix_b, m, n, k, T, LB> fb;
    wmma::fragment<wmma::accumulator, m, n, k, Acc> fc;
    wmma::load_matrix_sync(fa, sa, aRows ? k : m);
    wmma::load_matrix_sync(fb, sb, bRows ? n : k);
    wmma::fill_fragment(fc, 1.0f);
    for (int i = 0; i < fc.num_elements; i++) fc.x[i] = fc.x[i] + fc.x[i] + fc.x[i];
    wmma::mma_sync(fc, fa, fb, fc);
    wmma::store_matrix_sync(sc, fc, layout == wmma::mem_row_major ? n : m, layout);
    __syncwarp();
    for (int i = threadIdx.x; i < m * n; i += 32) {
        out[i] = (int)(float)sc[layout == wmma::mem_row_major ? i : i % n * m + i / n];
    }
}

template <typename T, typename Acc, int m, int n, int k>
void layouts(const int* a, const int* b, int*& out) {
    tile<T, Acc, m, n, k, wmma::row_major, wmma::col_major><<<1, 32>>>(a, b, out, wmma::mem_row_major);
    out += m * n;
    tile<T, Acc, m, n, k, wmma::col_major, wmma::row_major><<<1, 32>>>(a, b, out, wmma::mem_col_major);
    out += m * n;
}
template <int m, int n>
void types(const int* a, const int* b, int*& out) {
    layouts<half, float, m, n, 16>(a, b, out);
    layouts<half, half, m, n, 16>(a, b, out);
    layouts<__nv_bfloat16, float, m, n, 16>(a, b, out);
    layouts<signed char, int, m, n, 16>(a, b, out);
    layouts<unsigned char, int, m, n, 16>(a, b, out);
}

extern "C" void tiles(const int* a, const int* b, int* out) {
    types<16, 16>(a, b, out);
    types<32, 8>(a, b, out);
    types<8, 32>(a, b, out);
    layouts<wmma::precision::tf32, float, 16, 16, 8>(a, b, out);
    layouts<double, double, 8, 8, 4>(a, b, out);
}

// c = a * b from global memory, one warp for each tile of 16 by 16.
__global__ void gemm(const half* a, const half* b, float* c, int n, int k) {
    int row = 16 * blockIdx.y;
    int column = 16 * (blockIdx.x * 2 + threadIdx.x / 32);
    wmma::fragment<wmma::accumulator, 16, 16, 16, float> sum;
    wmma::fill_fragment(sum, 0.0f);
    for (int q = 0; q < k; q += 16) {
        wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> fa;
        wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::row_major> fb;
        wmma::load_matrix_sync(fa, a + row * k + q, k);
        wmma::load_matrix_sync(fb, b + q * n + column, n);
        wmma::mma_sync(sum, fa, fb, sum);
    }
    wmma::store_matrix_sync(c + row * n + column, sum, n, wmma::mem_row_major);
}
extern "C" void product(const half* a, const half* b, float* c, int m, int n, int k) {
    gemm<<<dim3(n / 32, m / 16), 64>>>(a, b, c, n, k);
}

// 127 * 127 * 16 on top of the largest integer: clamped, then wrapped.
__global__ void overflow(int* out) {
    wmma::fragment<wmma::matrix_a, 16, 16, 16, signed char, wmma::row_major> fa;
    wmma::fragment<wmma::matrix_b, 16, 16, 16, signed char, wmma::col_major> fb;
    wmma::fragment<wmma::accumulator, 16, 16, 16, int> fc, fd;
    wmma::fill_fragment(fa, 127);
    wmma::fill_fragment(fb, 127);
    wmma::fill_fragment(fc, 0x7fffffff);
    wmma::mma_sync(fd, fa, fb, fc, true);
    wmma::mma_sync(fc, fa, fb, fc);
    if (threadIdx.x == 5) {
        out[0] = fd.x[3];
        out[1] = fc.x[3];
    }
}
extern "C" void saturation(int* out) { overflow<<<1, 32>>>(out); }

__global__ void tf32(float* out) { out[0] = wmma::__float_to_tf32(1.0f + 3.0f / 4096); }
extern "C" void rounding(float* out) { tf32<<<1, 1>>>(out); }

__global__ void beyond(const half* a, half* b, int stride, int shift) {
    wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> fa;
    wmma::fragment<wmma::accumulator, 16, 16, 16, half> fc;
    wmma::load_matrix_sync(fa, a + shift, stride);
    wmma::fill_fragment(fc, fa.x[0]);
    wmma::store_matrix_sync(b, fc, 16, wmma::mem_row_major);
}
extern "C" void faulty(const half* a, half* b, int stride, int shift) { beyond<<<1, 32>>>(a, b, stride, shift); }
