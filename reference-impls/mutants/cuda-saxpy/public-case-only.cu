// mutant: H1 the answer of the public example is hard-coded
// assignment: cuda-saxpy

__global__ void answer(float* y, int n) {
    int i = threadIdx.x;
    if (i < n && i < 4) {
        y[i] = 12.0f * (i + 1);
    }
}

extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
    answer<<<1, 4>>>(y, n);
}
