// Kernels whose counters are worked out by hand in CountersOfKernelsTests.

__global__ void copy(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = x[i];
}

__global__ void strided(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = x[8 * i];
}

__global__ void off_by_one(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = x[i + 1];
}

__global__ void copy4(const float4* x, float4* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n / 4) y[i] = x[i];
}

__global__ void broadcast(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = x[0];
}

__global__ void sum_together(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) atomicAdd(y, 1.0f);
}

__global__ void sum_apart(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) atomicAdd(y + i, 1.0f);
}

__global__ void local_array(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    float own[16];
    for (int k = 0; k < 16; k++) own[k] = k;
    y[i] = own[(int)x[0] & 15];
}

__global__ void written_first(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    volatile float* v = y;
    v[i] = x[i];
    v[i] = v[i] + 1;
}

__global__ void transpose(const float* x, float* y) {
    __shared__ float tile[32][32];
    tile[threadIdx.y][threadIdx.x] = x[threadIdx.y * 32 + threadIdx.x];
    __syncthreads();
    y[threadIdx.y * 32 + threadIdx.x] = tile[threadIdx.x][threadIdx.y];
}

__global__ void transpose_padded(const float* x, float* y) {
    __shared__ float tile[32][33];
    tile[threadIdx.y][threadIdx.x] = x[threadIdx.y * 32 + threadIdx.x];
    __syncthreads();
    y[threadIdx.y * 32 + threadIdx.x] = tile[threadIdx.x][threadIdx.y];
}

__global__ void wide_shared(const float* x, float* y) {
    __shared__ float4 tile[32];
    tile[threadIdx.x] = ((const float4*)x)[threadIdx.x];
    __syncthreads();
    float4 four = tile[31 - threadIdx.x];
    float2 two = ((float2*)tile)[31 - threadIdx.x];
    y[threadIdx.x] = four.x + four.y + four.z + four.w + two.x + two.y;
}

__global__ void shared_apart(const float* x, float* y) {
    __shared__ float2 tile[64];
    tile[threadIdx.x] = ((const float2*)x)[threadIdx.x];
    tile[threadIdx.x + 32] = ((const float2*)x)[threadIdx.x + 32];
    __syncthreads();
    float2 apart = tile[2 * threadIdx.x];
    y[threadIdx.x] = apart.x + apart.y;
}

__global__ void shared_same(const float* x, float* y) {
    __shared__ float tile[32];
    tile[threadIdx.x] = x[threadIdx.x];
    __syncthreads();
    y[threadIdx.x] = tile[7] + tile[threadIdx.x / 2];
}

__global__ void by_warp(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if ((i / 32) & 1) {
        y[i] = sqrtf(x[i]);
    } else {
        y[2048 + i] = x[i];
    }
}

__global__ void by_lane(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i & 1) {
        y[i] = sqrtf(x[i]);  // odd arm
    } else {
        y[2048 + i] = x[i];  // even arm
    }
    y[1024 + i] = x[i + 1];  // meeting
}

__global__ void turns(const float* x, float* y) {
    volatile float* v = y;
#pragma unroll 1
    for (int k = 0; k <= (int)threadIdx.x; k++) {
        asm volatile("membar.cta;");  // turn of a lane
    }
    v[threadIdx.x] = 1;  // after the loop
}

__global__ void long_turns(const float* x, float* y) {
    volatile float* v = y;
#pragma unroll 1
    for (int k = 0; k <= 400 * (threadIdx.x == 5); k++) {
        asm volatile("membar.cta;");
    }
    v[threadIdx.x] = 1;  // behind the long loop
}

__global__ void early(const float* x, float* y) {
    volatile float* v = y;
    if (threadIdx.x >= 20) return;
    v[threadIdx.x] = 1;  // the rest
}

__global__ void spinning(const float* x, float* y) {
    int* lock = (int*)y;
    bool done = false;
    while (!done) {
        if (atomicCAS(lock, 0, 1) == 0) {
            ((volatile float*)y)[1] = y[1] + 1;
            __threadfence();
            atomicExch(lock, 0);
            done = true;
        }
    }
}

__device__ __noinline__ float divided(float v) {
    if (v > 10) return sqrtf(v);
    return v * v * v;
}

__global__ void calling(const float* x, float* y) {
    volatile float* v = y;
    float f = divided(x[threadIdx.x]);
    v[threadIdx.x] = f;  // behind the call
}

__global__ void fused(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    float v = x[i];
    float s = v;
#pragma unroll
    for (int k = 0; k < 10; k++) s = fmaf(s, v, 1.5f);
    y[i] = __fmul_rn(__fadd_rn(s, v), 3.0f);
}

__global__ void doubles(const float* x, float* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    double d = fma((double)x[i], 3.0, 1.0);
    y[i] = __fsqrt_rn((float)d);
}

__global__ void waiting(const float* x, float* y) {
    volatile int* flag = (volatile int*)y;
    if (threadIdx.x == 0) {
        if (blockIdx.x != 0) flag[1024 + blockIdx.x] = 1;
        for (int b = 1; b < gridDim.x; b++) {
            while (flag[1024 + b] == 0) {}
        }
    }
}

// n: bytes from one row of an 8x8 matrix of halves to the next
__global__ void matrices(const float* x, float* y, int n) {
    __shared__ __align__(16) unsigned char tile[32 * 128];
    unsigned row = (unsigned)__cvta_generic_to_shared(tile + threadIdx.x * n);
    unsigned a, b, c, d;
    asm volatile("cp.async.ca.shared.global [%0], [%1], 16;" :: "r"(row), "l"(x + threadIdx.x * 4));  // sixteen bytes each
    asm volatile("cp.async.wait_all;" ::: "memory");
    __syncwarp();
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];" : "=r"(a), "=r"(b), "=r"(c), "=r"(d) : "r"(row));  // four matrices
    y[threadIdx.x] = a ^ b ^ c ^ d;
}

extern "C" void run(int which, const float* x, float* y, int n) {
    int blocks = (n + 255) / 256;
    dim3 tile(32, 32);
    switch (which) {
        case 0: copy<<<blocks, 256>>>(x, y, n); break;
        case 1: strided<<<blocks, 256>>>(x, y, n); break;
        case 2: off_by_one<<<blocks, 256>>>(x, y, n); break;
        case 3: copy4<<<1, 256>>>((const float4*)x, (float4*)y, n); break;
        case 4: broadcast<<<blocks, 256>>>(x, y, n); break;
        case 5: sum_together<<<blocks, 256>>>(x, y, n); break;
        case 6: sum_apart<<<blocks, 256>>>(x, y, n); break;
        case 7: local_array<<<1, n>>>(x, y, n); break;
        case 8: written_first<<<blocks, 256>>>(x, y, n); break;
        case 10: transpose<<<1, tile>>>(x, y); break;
        case 11: transpose_padded<<<1, tile>>>(x, y); break;
        case 12: wide_shared<<<1, 32>>>(x, y); break;
        case 13: shared_apart<<<1, 32>>>(x, y); break;
        case 14: shared_same<<<1, 32>>>(x, y); break;
        case 15: matrices<<<1, 32>>>(x, y, n); break;
        case 20: by_warp<<<blocks, 256>>>(x, y, n); break;
        case 21: by_lane<<<blocks, 256>>>(x, y, n); break;
        case 22: turns<<<1, 32>>>(x, y); break;
        case 23: long_turns<<<1, 32>>>(x, y); break;
        case 24: early<<<1, 32>>>(x, y); break;
        case 25: spinning<<<1, 32>>>(x, y); break;
        case 26: calling<<<1, 32>>>(x, y); break;
        case 30: fused<<<blocks, 256>>>(x, y, n); break;
        case 31: doubles<<<blocks, 256>>>(x, y, n); break;
        case 40: waiting<<<4, 32>>>(x, y); break;
    }
}
