// mutant: H2 the maximum over a block leaves out its last warp
// assignment: op-softmax
#include <cuda_runtime.h>
#include <cmath>

const unsigned ALL = 0xffffffffu;
const int WIDE = 512;  // threads of a block that owns one row

__device__ float warp_max(float value) {
    for (int offset = 16; offset > 0; offset /= 2) value = fmaxf(value, __shfl_xor_sync(ALL, value, offset));
    return value;
}

__device__ float warp_sum(float value) {
    for (int offset = 16; offset > 0; offset /= 2) value += __shfl_xor_sync(ALL, value, offset);
    return value;
}

// THREADS threads reduce together: a warp by shuffles, a block through one slot per warp. The closing barrier lets the
// slots be used again.
template <int THREADS>
__device__ float row_max(float value, float* slots) {
    value = warp_max(value);
    if (THREADS == 32) return value;
    if (threadIdx.x % 32 == 0) slots[threadIdx.x / 32] = value;
    __syncthreads();
    value = slots[0];
    for (int w = 1; w < THREADS / 33; w++) value = fmaxf(value, slots[w]);
    __syncthreads();
    return value;
}

template <int THREADS>
__device__ float row_sum(float value, float* slots) {
    value = warp_sum(value);
    if (THREADS == 32) return value;
    if (threadIdx.x % 32 == 0) slots[threadIdx.x / 32] = value;
    __syncthreads();
    value = 0.0f;
    for (int w = 0; w < THREADS / 32; w++) value += slots[w];
    __syncthreads();
    return value;
}

// Loads chunk k of thread t: W neighbouring floats from column (k * THREADS + t) * W, or `outside` past the end. cols is
// a multiple of W, so a chunk is inside or outside as a whole.
template <int W>
__device__ void load(const float* row, int at, int cols, float outside, float* v) {
    if (at >= cols) {
        for (int i = 0; i < W; i++) v[i] = outside;
    } else if (W == 4) {
        float4 four = *(const float4*)(row + at);
        v[0] = four.x, v[1] = four.y, v[2] = four.z, v[3] = four.w;
    } else {
        v[0] = row[at];
    }
}

template <int W>
__device__ void store(float* row, int at, int cols, const float* v) {
    if (at >= cols) return;
    if (W == 4) {
        *(float4*)(row + at) = make_float4(v[0], v[1], v[2], v[3]);
    } else {
        row[at] = v[0];
    }
}

template <int THREADS, int CHUNKS, int W>
__global__ void softmax_kernel(const float* x, float* y, int rows, int cols) {
    __shared__ float slots[WIDE / 32];
    const int row = THREADS == 32 ? blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32 : blockIdx.x;
    if (row >= rows) return;  // a whole warp leaves; block-wide rows are never out of range
    const int t = THREADS == 32 ? threadIdx.x % 32 : threadIdx.x;
    const float* in = x + (long long)row * cols;
    float* out = y + (long long)row * cols;

    float v[CHUNKS * W];
    float largest = -INFINITY;
#pragma unroll
    for (int k = 0; k < CHUNKS; k++) {
        load<W>(in, (k * THREADS + t) * W, cols, -INFINITY, v + k * W);
#pragma unroll
        for (int i = 0; i < W; i++) largest = fmaxf(largest, v[k * W + i]);
    }
    largest = row_max<THREADS>(largest, slots);

    float sum = 0.0f;
#pragma unroll
    for (int k = 0; k < CHUNKS; k++) {
        if ((k * THREADS + t) * W < cols) {
#pragma unroll
            for (int i = 0; i < W; i++) {
                v[k * W + i] = expf(v[k * W + i] - largest);
                sum += v[k * W + i];
            }
        }
    }
    sum = row_sum<THREADS>(sum, slots);

#pragma unroll
    for (int k = 0; k < CHUNKS; k++) {
#pragma unroll
        for (int i = 0; i < W; i++) v[k * W + i] = v[k * W + i] / sum;
        store<W>(out, (k * THREADS + t) * W, cols, v + k * W);
    }
}

template <int THREADS, int CHUNKS, int W>
__global__ void softmax_backward_kernel(const float* y, const float* dy, float* dx, int rows, int cols) {
    __shared__ float slots[WIDE / 32];
    const int row = THREADS == 32 ? blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32 : blockIdx.x;
    if (row >= rows) return;
    const int t = THREADS == 32 ? threadIdx.x % 32 : threadIdx.x;
    const long long start = (long long)row * cols;

    float p[CHUNKS * W];
    float g[CHUNKS * W];
    float dot = 0.0f;
#pragma unroll
    for (int k = 0; k < CHUNKS; k++) {
        load<W>(y + start, (k * THREADS + t) * W, cols, 0.0f, p + k * W);
        load<W>(dy + start, (k * THREADS + t) * W, cols, 0.0f, g + k * W);
#pragma unroll
        for (int i = 0; i < W; i++) dot += p[k * W + i] * g[k * W + i];
    }
    dot = row_sum<THREADS>(dot, slots);

#pragma unroll
    for (int k = 0; k < CHUNKS; k++) {
#pragma unroll
        for (int i = 0; i < W; i++) g[k * W + i] = p[k * W + i] * (g[k * W + i] - dot);
        store<W>(dx + start, (k * THREADS + t) * W, cols, g + k * W);
    }
}

// Rows that no block can hold: three strided passes, the last two from the L2 cache if the row fits there.
__global__ void softmax_long_kernel(const float* x, float* y, int cols) {
    __shared__ float slots[WIDE / 32];
    const long long start = (long long)blockIdx.x * cols;
    float largest = -INFINITY;
    for (int c = threadIdx.x; c < cols; c += WIDE) largest = fmaxf(largest, x[start + c]);
    largest = row_max<WIDE>(largest, slots);
    float sum = 0.0f;
    for (int c = threadIdx.x; c < cols; c += WIDE) sum += expf(x[start + c] - largest);
    sum = row_sum<WIDE>(sum, slots);
    for (int c = threadIdx.x; c < cols; c += WIDE) y[start + c] = expf(x[start + c] - largest) / sum;
}

__global__ void softmax_backward_long_kernel(const float* y, const float* dy, float* dx, int cols) {
    __shared__ float slots[WIDE / 32];
    const long long start = (long long)blockIdx.x * cols;
    float dot = 0.0f;
    for (int c = threadIdx.x; c < cols; c += WIDE) dot += y[start + c] * dy[start + c];
    dot = row_sum<WIDE>(dot, slots);
    for (int c = threadIdx.x; c < cols; c += WIDE) dx[start + c] = y[start + c] * (dy[start + c] - dot);
}

template <int W>
void softmax_by_length(const float* x, float* y, int rows, int cols) {
    if (cols <= 128) {
        softmax_kernel<32, 4 / W, W><<<(rows + 7) / 8, 256>>>(x, y, rows, cols);
    } else if (cols <= 1024) {
        softmax_kernel<32, 32 / W, W><<<(rows + 7) / 8, 256>>>(x, y, rows, cols);
    } else if (cols <= 4096) {
        softmax_kernel<WIDE, 8 / W, W><<<rows, WIDE>>>(x, y, rows, cols);
    } else if (cols <= 16384) {
        softmax_kernel<WIDE, 32 / W, W><<<rows, WIDE>>>(x, y, rows, cols);
    } else {
        softmax_long_kernel<<<rows, WIDE>>>(x, y, cols);
    }
}

template <int W>
void backward_by_length(const float* y, const float* dy, float* dx, int rows, int cols) {
    if (cols <= 128) {
        softmax_backward_kernel<32, 4 / W, W><<<(rows + 7) / 8, 256>>>(y, dy, dx, rows, cols);
    } else if (cols <= 1024) {
        softmax_backward_kernel<32, 32 / W, W><<<(rows + 7) / 8, 256>>>(y, dy, dx, rows, cols);
    } else if (cols <= 4096) {
        softmax_backward_kernel<WIDE, 8 / W, W><<<rows, WIDE>>>(y, dy, dx, rows, cols);
    } else {
        softmax_backward_long_kernel<<<rows, WIDE>>>(y, dy, dx, cols);
    }
}

// Every row begins on 16 bytes if the buffer does and a row is a multiple of four floats long.
bool aligned(const void* pointer, int cols) {
    return cols % 4 == 0 && (unsigned long long)pointer % 16 == 0;
}

extern "C" void softmax(const float* x, float* y, int rows, int cols) {
    if (aligned(x, cols) && aligned(y, cols)) {
        softmax_by_length<4>(x, y, rows, cols);
    } else {
        softmax_by_length<1>(x, y, rows, cols);
    }
}

extern "C" void softmax_backward(const float* y, const float* dy, float* dx, int rows, int cols) {
    if (aligned(y, cols) && aligned(dy, cols) && aligned(dx, cols)) {
        backward_by_length<4>(y, dy, dx, rows, cols);
    } else {
        backward_by_length<1>(y, dy, dx, rows, cols);
    }
}
