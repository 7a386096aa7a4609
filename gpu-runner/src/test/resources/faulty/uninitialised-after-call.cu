__device__ __noinline__ float pick(const int* ints, int i, bool fill) {
    float own[4];
    if (fill) for (int k = 0; k < 4; ++k) own[(ints[i] + k) & 3] = k;
    own[ints[i] & 3] += 0.5f * (i & 1 ? own[ints[i + 1] & 3] : 1.0f);  // <- uninitialised-read
    return own[ints[i] & 3];
}
__global__ void kernel(const int* ints, float* data) {
    float first = pick(ints, threadIdx.x, true);
    data[threadIdx.x] = first + pick(ints, threadIdx.x, ints[5] == 1000);
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(ints, data); }
