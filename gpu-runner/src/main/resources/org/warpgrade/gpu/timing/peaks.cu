// What this GPU can do at best, for the floors of measurements: one kernel that only moves bytes, one that only does
// fp32 arithmetic, one that only feeds tensor cores. PeakMeter knows the numbers of blocks, chains and tiles.
#include <cstdint>
#include <mma.h>

// 16 bytes per thread and step, neighbouring threads neighbouring words: the access that memory likes best.
__global__ void copy_kernel(const uint4* __restrict__ from, uint4* __restrict__ to, long long words) {
    long long stride = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < words; i += stride) {
        to[i] = from[i];
    }
}

extern "C" void peak_copy(long long bytes) {
    uint4 *from, *to;
    if (cudaMalloc(&from, bytes) != cudaSuccess || cudaMalloc(&to, bytes) != cudaSuccess) {
        return;
    }
    cudaMemset(from, 1, bytes);
    copy_kernel<<<8192, 256>>>(from, to, bytes / 16);
    cudaFree(from);
    cudaFree(to);
}

// Eight chains per thread hide the latency of an fma (4 cycles); the result is kept alive by a store that never happens.
__global__ void fma_kernel(int rounds, float factor, float* never) {
    float a[8];
#pragma unroll
    for (int c = 0; c < 8; c++) {
        a[c] = threadIdx.x + c;
    }
    for (int i = 0; i < rounds; i++) {
#pragma unroll
        for (int c = 0; c < 8; c++) {
            a[c] = fmaf(a[c], factor, 1.0f);
        }
    }
    float sum = 0;
#pragma unroll
    for (int c = 0; c < 8; c++) {
        sum += a[c];
    }
    if (sum == -1.0f) {
        never[threadIdx.x] = sum;
    }
}

extern "C" void peak_fma(int rounds) {
    fma_kernel<<<4096, 256>>>(rounds, 0.5f, nullptr);
}

// The same launch so many times, for what a launch takes without anything around it.
extern "C" void peak_fma_times(int rounds, int times) {
    for (int i = 0; i < times; i++) {
        fma_kernel<<<4096, 256>>>(rounds, 0.5f, nullptr);
    }
}

// Four accumulators per warp; ones times ones, so that the sums stay finite.
__global__ void tensor_kernel(int rounds, float* never) {
    using namespace nvcuda;
    wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> a;
    wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::col_major> b;
    wmma::fragment<wmma::accumulator, 16, 16, 16, float> sums[4];
    wmma::fill_fragment(a, __float2half(1.0f));
    wmma::fill_fragment(b, __float2half(1.0f));
#pragma unroll
    for (int t = 0; t < 4; t++) {
        wmma::fill_fragment(sums[t], (float)t);
    }
    for (int i = 0; i < rounds; i++) {
#pragma unroll
        for (int t = 0; t < 4; t++) {
            wmma::mma_sync(sums[t], a, b, sums[t]);
        }
    }
    float sum = 0;
#pragma unroll
    for (int t = 0; t < 4; t++) {
        sum += sums[t].x[0];
    }
    if (sum == -1.0f) {
        never[threadIdx.x] = sum;
    }
}

extern "C" void peak_tensor(int rounds) {
    tensor_kernel<<<4096, 256>>>(rounds, nullptr);
}
