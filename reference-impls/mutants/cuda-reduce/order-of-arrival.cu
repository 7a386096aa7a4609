// mutant: H6 the parts are merged by the block that happens to come last, in the order of arrival
// assignment: cuda-reduce

// Every block adds its sum to a slot that it draws from a counter, so the order of the slots is the order of arrival.
__global__ void part_sums(const float* x, float* slots, int* drawn, int n, int inner, bool square) {
    const float* column = x + (long)(blockIdx.y / inner) * n * inner + blockIdx.y % inner;
    __shared__ float tree[256];
    int k = blockIdx.x * 256 + threadIdx.x;
    float v = k < n ? column[(long)k * inner] : 0.0f;
    tree[threadIdx.x] = square ? v * v : v;
    __syncthreads();
    for (int half = 128; half > 0; half /= 2) {
        if (threadIdx.x < half) {
            tree[threadIdx.x] += tree[threadIdx.x + half];
        }
        __syncthreads();
    }
    if (threadIdx.x == 0) {
        slots[(long)blockIdx.y * gridDim.x + atomicAdd(&drawn[blockIdx.y], 1)] = tree[0];
    }
}

__global__ void merge_slots(int op, const float* slots, float* y, int outputs, int count, int n) {
    int at = blockIdx.x * blockDim.x + threadIdx.x;
    if (at >= outputs) {
        return;
    }
    float sum = 0.0f;
    for (int slot = 0; slot < count; slot++) {
        sum += slots[(long)at * count + slot];
    }
    y[at] = op == 3 ? sum / n : op == 4 ? sqrtf(sum) : sum;
}

__global__ void largest(int op, const float* x, float* y, int* idx, int outputs, int n, int inner) {
    int at = blockIdx.x * blockDim.x + threadIdx.x;
    if (at >= outputs) {
        return;
    }
    const float* column = x + (long)(at / inner) * n * inner + at % inner;
    float best = column[0];
    int where = 0;
    for (int k = 1; k < n; k++) {
        float v = column[(long)k * inner];
        if (best == best && (v > best || v != v)) {
            best = v;
            where = k;
        }
    }
    if (op == 1) {
        y[at] = best;
    } else {
        idx[at] = where;
    }
}

extern "C" void reduce(int op, const float* x, float* y, int* idx, int outer, int n, int inner) {
    int outputs = outer * inner;
    if (op == 1 || op == 2) {
        largest<<<(outputs + 127) / 128, 128>>>(op, x, y, idx, outputs, n, inner);
        return;
    }
    int count = (n + 255) / 256;
    float* slots;
    int* drawn;
    cudaMalloc((void**)&slots, (size_t)outputs * count * sizeof(float));
    cudaMalloc((void**)&drawn, outputs * sizeof(int));
    cudaMemset(drawn, 0, outputs * sizeof(int));
    part_sums<<<dim3(count, outputs), 256>>>(x, slots, drawn, n, inner, op == 4);
    merge_slots<<<(outputs + 127) / 128, 128>>>(op, slots, y, outputs, count, n);
    cudaFree(slots);
    cudaFree(drawn);
}
