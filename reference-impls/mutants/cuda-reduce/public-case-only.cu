// mutant: H1a the answers of the public examples are hard-coded
// assignment: cuda-reduce

__global__ void answer(int op, float* y, int* idx, int inner) {
    int at = threadIdx.x;
    if (inner == 3) {
        y[at] = at == 0 ? 5.0f : at == 1 ? 7.0f : 9.0f;
    } else if (op == 0) {
        y[at] = at == 0 ? 6.0f : 15.0f;
    } else if (op == 1) {
        y[at] = at == 0 ? 3.0f : 6.0f;
    } else if (op == 2) {
        idx[at] = 2;
    } else if (op == 3) {
        y[at] = at == 0 ? 2.0f : 5.0f;
    } else {
        y[at] = at == 0 ? 3.7416575f : 8.774964f;
    }
}

extern "C" void reduce(int op, const float* x, float* y, int* idx, int outer, int n, int inner) {
    answer<<<1, inner == 3 ? 3 : 2>>>(op, y, idx, inner);
}
