// Tensor cores by mma.sync and ldmatrix. The first kernel moves fragments with ldmatrix as real kernels do; the others
// place every element by the formulas of PTX ISA 9.7.14.5.
#include <cuda_fp16.h>
#include <cuda_bf16.h>

// c (m by n) = a (m by k) * b (k by n); one warp for each 16 by 8 tile.
__global__ void gemm(const half* a, const half* b, float* c, int n, int k) {
    __shared__ __align__(16) half sa[16][24];  // padded rows, as against bank conflicts
    __shared__ __align__(16) half sb[16][8];
    int lane = threadIdx.x;
    int row = blockIdx.y * 16, column = blockIdx.x * 8;
    float d[4] = {0, 0, 0, 0};
    for (int q = 0; q < k; q += 16) {
        for (int i = lane; i < 256; i += 32) sa[i / 16][i % 16] = a[(row + i / 16) * k + q + i % 16];
        for (int i = lane; i < 128; i += 32) sb[i / 8][i % 8] = b[(q + i / 8) * n + column + i % 8];
        __syncwarp();
        unsigned ra[4], rb[2];
        unsigned from = (unsigned)__cvta_generic_to_shared(&sa[lane % 16][lane / 16 * 8]);
        asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                     : "=r"(ra[0]), "=r"(ra[1]), "=r"(ra[2]), "=r"(ra[3]) : "r"(from));
        from = (unsigned)__cvta_generic_to_shared(&sb[lane % 16][0]);
        asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%0, %1}, [%2];"
                     : "=r"(rb[0]), "=r"(rb[1]) : "r"(from));
        asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
                     "{%0, %1, %2, %3};"
                     : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
                     : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), "r"(rb[0]), "r"(rb[1]));
        __syncwarp();
    }
    for (int i = 0; i < 4; i++) c[(row + lane / 4 + i / 2 * 8) * n + column + lane % 4 * 2 + i % 2] = d[i];
}
extern "C" void product(const half* a, const half* b, float* c, int m, int n, int k) {
    gemm<<<dim3(n / 8, m / 16), 32>>>(a, b, c, n, k);
}

template <typename T> __device__ unsigned bits(int x);
template <> __device__ unsigned bits<half>(int x) { return __half_as_ushort(__int2half_rn(x)); }
template <> __device__ unsigned bits<__nv_bfloat16>(int x) { return __bfloat16_as_ushort(__float2bfloat16((float)x)); }
template <> __device__ unsigned bits<float>(int x) { return __float_as_uint((float)x); }
template <> __device__ unsigned bits<signed char>(int x) { return x & 0xff; }

// Register r of A and B for a 16 by 8 by k product, elements of a 32-bit register from low to high.
template <typename T, int k>
__device__ unsigned elementsA(const int* a, int r) {
    constexpr int per = 4 / sizeof(T);
    int group = threadIdx.x >> 2, inGroup = threadIdx.x % 4;
    unsigned word = 0;
    for (int e = 0; e < per; e++) {
        int i = r * per + e;
        int row = i / per % 2 == 0 ? group : group + 8;
        int col = inGroup * per + e + (i < 2 * per ? 0 : 4 * per);
        word |= bits<T>(a[row * k + col]) << e * 8 * sizeof(T);
    }
    return word;
}
template <typename T>
__device__ unsigned elementsB(const int* b, int r) {
    constexpr int per = 4 / sizeof(T);
    int group = threadIdx.x >> 2, inGroup = threadIdx.x % 4;
    unsigned word = 0;
    for (int e = 0; e < per; e++) {
        int row = inGroup * per + e + (r == 0 ? 0 : 4 * per);
        word |= bits<T>(b[row * 8 + group]) << e * 8 * sizeof(T);
    }
    return word;
}
__device__ void put(int* out, int i, int value) {
    int row = (threadIdx.x >> 2) + (i < 2 ? 0 : 8);
    out[row * 8 + threadIdx.x % 4 * 2 + (i & 1)] = value;
}

#define FORM4(name, T, k, op)                                                                                        \
    __global__ void name(const int* a, const int* b, int* out) {                                                     \
        float d[4];                                                                                                  \
        asm volatile("mma.sync.aligned." op " {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%10, %10, %10, %10};"   \
                     : "=f"(d[0]), "=f"(d[1]), "=f"(d[2]), "=f"(d[3])                                                \
                     : "r"(elementsA<T, k>(a, 0)), "r"(elementsA<T, k>(a, 1)), "r"(elementsA<T, k>(a, 2)),           \
                       "r"(elementsA<T, k>(a, 3)), "r"(elementsB<T>(b, 0)), "r"(elementsB<T>(b, 1)), "f"(3.0f));     \
        for (int i = 0; i < 4; i++) put(out, i, (int)d[i]);                                                          \
    }
#define FORM2(name, T, k, op)                                                                                        \
    __global__ void name(const int* a, const int* b, int* out) {                                                     \
        float d[4];                                                                                                  \
        asm volatile("mma.sync.aligned." op " {%0, %1, %2, %3}, {%4, %5}, {%6}, {%7, %7, %7, %7};"                   \
                     : "=f"(d[0]), "=f"(d[1]), "=f"(d[2]), "=f"(d[3])                                                \
                     : "r"(elementsA<T, k>(a, 0)), "r"(elementsA<T, k>(a, 1)), "r"(elementsB<T>(b, 0)), "f"(3.0f));  \
        for (int i = 0; i < 4; i++) put(out, i, (int)d[i]);                                                          \
    }
FORM4(f16_k16, half, 16, "m16n8k16.row.col.f32.f16.f16.f32")
FORM2(f16_k8, half, 8, "m16n8k8.row.col.f32.f16.f16.f32")
FORM4(bf16_k16, __nv_bfloat16, 16, "m16n8k16.row.col.f32.bf16.bf16.f32")
FORM2(bf16_k8, __nv_bfloat16, 8, "m16n8k8.row.col.f32.bf16.bf16.f32")
FORM4(tf32_k8, float, 8, "m16n8k8.row.col.f32.tf32.tf32.f32")
FORM2(tf32_k4, float, 4, "m16n8k4.row.col.f32.tf32.tf32.f32")

// Half accumulators: two in a register.
__global__ void f16_f16(const int* a, const int* b, int* out) {
    unsigned d[2];
    unsigned three = bits<half>(3) * 0x10001u;
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f16.f16.f16.f16 {%0, %1}, {%2, %3, %4, %5}, {%6, %7}, {%8, %8};"
                 : "=r"(d[0]), "=r"(d[1])
                 : "r"(elementsA<half, 16>(a, 0)), "r"(elementsA<half, 16>(a, 1)), "r"(elementsA<half, 16>(a, 2)),
                   "r"(elementsA<half, 16>(a, 3)), "r"(elementsB<half>(b, 0)), "r"(elementsB<half>(b, 1)), "r"(three));
    for (int i = 0; i < 4; i++) put(out, i, (int)__half2float(__ushort_as_half((unsigned short)(d[i / 2] >> i % 2 * 16))));
}
__global__ void s8_k32(const int* a, const int* b, int* out) {
    int d[4];
    asm volatile("mma.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.s8.s32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
                 "{%10, %10, %10, %10};"
                 : "=r"(d[0]), "=r"(d[1]), "=r"(d[2]), "=r"(d[3])
                 : "r"(elementsA<signed char, 32>(a, 0)), "r"(elementsA<signed char, 32>(a, 1)),
                   "r"(elementsA<signed char, 32>(a, 2)), "r"(elementsA<signed char, 32>(a, 3)),
                   "r"(elementsB<signed char>(b, 0)), "r"(elementsB<signed char>(b, 1)), "r"(3));
    for (int i = 0; i < 4; i++) put(out, i, d[i]);
}
// Signed by unsigned.
__global__ void s8_u8_k16(const int* a, const int* b, int* out) {
    int d[4];
    asm volatile("mma.sync.aligned.m16n8k16.row.col.s32.s8.u8.s32 {%0, %1, %2, %3}, {%4, %5}, {%6}, {%7, %7, %7, %7};"
                 : "=r"(d[0]), "=r"(d[1]), "=r"(d[2]), "=r"(d[3])
                 : "r"(elementsA<signed char, 16>(a, 0)), "r"(elementsA<signed char, 16>(a, 1)),
                   "r"(elementsB<signed char>(b, 0)), "r"(3));
    for (int i = 0; i < 4; i++) put(out, i, d[i]);
}
__global__ void f64_k4(const int* a, const int* b, int* out) {
    double d[2];
    int group = threadIdx.x >> 2, inGroup = threadIdx.x % 4;
    asm volatile("mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64 {%0, %1}, {%2}, {%3}, {%4, %4};"
                 : "=d"(d[0]), "=d"(d[1])
                 : "d"((double)a[group * 4 + inGroup]), "d"((double)b[inGroup * 8 + group]), "d"(3.0));
    for (int i = 0; i < 2; i++) out[group * 8 + inGroup * 2 + i] = (int)d[i];
}

extern "C" void forms(const int* a, const int* b, int* out) {
    f16_k16<<<1, 32>>>(a, b, out);
    f16_k8<<<1, 32>>>(a, b, out + 128);
    bf16_k16<<<1, 32>>>(a, b, out + 256);
    bf16_k8<<<1, 32>>>(a, b, out + 384);
    tf32_k8<<<1, 32>>>(a, b, out + 512);
    tf32_k4<<<1, 32>>>(a, b, out + 640);
    f16_f16<<<1, 32>>>(a, b, out + 768);
    s8_k32<<<1, 32>>>(a, b, out + 896);
    s8_u8_k16<<<1, 32>>>(a, b, out + 1024);
    f64_k4<<<1, 32>>>(a, b, out + 1152);
}

__global__ void few() {
    unsigned d;
    __shared__ __align__(16) half s[64];
    s[threadIdx.x] = __float2half(0.0f);
    asm volatile("ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%0}, [%1];"
                 : "=r"(d) : "r"((unsigned)__cvta_generic_to_shared(s) + threadIdx.x % 8 * 16));
}
extern "C" void half_a_warp() { few<<<1, 16>>>(); }
__global__ void skewed() {
    unsigned d;
    __shared__ __align__(16) half s[72];
    s[threadIdx.x] = __float2half(0.0f);
    asm volatile("ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%0}, [%1];"
                 : "=r"(d) : "r"((unsigned)__cvta_generic_to_shared(s) + threadIdx.x % 8 * 18));
}
extern "C" void odd_rows() { skewed<<<1, 32>>>(); }
