// mutant: H4 one thread adds a long row in float
// assignment: cuda-reduce

__global__ void reduce_kernel(int op, const float* x, float* y, int* idx, int outputs, int n, int inner) {
    int at = blockIdx.x * blockDim.x + threadIdx.x;
    if (at >= outputs) {
        return;
    }
    const float* column = x + (long)(at / inner) * n * inner + at % inner;
    float sum = 0.0f;
    double squares = 0.0;
    float largest = column[0];
    int where = 0;
    for (int k = 0; k < n; k++) {
        float v = column[(long)k * inner];
        sum += v;
        squares += (double)v * v;
        // The first NaN stays: nothing is greater than a NaN, and a second NaN does not replace it.
        if (largest == largest && (v > largest || v != v)) {
            largest = v;
            where = k;
        }
    }
    switch (op) {
        case 0: y[at] = (float)sum; break;
        case 1: y[at] = largest; break;
        case 2: idx[at] = where; break;
        case 3: y[at] = (float)(sum / n); break;
        case 4: y[at] = (float)sqrt(squares); break;
    }
}

extern "C" void reduce(int op, const float* x, float* y, int* idx, int outer, int n, int inner) {
    int outputs = outer * inner;
    reduce_kernel<<<(outputs + 127) / 128, 128>>>(op, x, y, idx, outputs, n, inner);
}
