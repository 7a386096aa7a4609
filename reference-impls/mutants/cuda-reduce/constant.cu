// mutant: H1a writes the same number everywhere
// assignment: cuda-reduce

__global__ void reduce_kernel(int op, float* y, int* idx, int outputs) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= outputs) {
        return;
    }
    if (op == 2) {
        idx[i] = 2;
    } else {
        y[i] = 6.0f;
    }
}

extern "C" void reduce(int op, const float* x, float* y, int* idx, int outer, int n, int inner) {
    reduce_kernel<<<(outer * inner + 127) / 128, 128>>>(op, y, idx, outer * inner);
}
