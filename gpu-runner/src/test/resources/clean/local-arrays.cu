struct Pair { char tag; double value; int index; };
__device__ __noinline__ Pair better(Pair a, Pair b) { return a.value > b.value || a.value == b.value && a.index < b.index ? a : b; }
__global__ void kernel(const int* ints, float* data) {
    Pair best[4];
    for (int i = 0; i < 4; ++i) { best[i].tag = 'a'; best[i].value = -1; best[i].index = -1; }
    for (int i = 0; i < 64; ++i) {
        Pair own;
        own.tag = 'b'; own.value = ints[i]; own.index = i;
        int at = ints[(threadIdx.x + i) % 64] & 3;
        best[at] = better(best[at], own);
    }
    float heap[9] = {};
    heap[best[threadIdx.x & 3].index & 7] = 1;
    data[threadIdx.x] = (float)best[ints[threadIdx.x] & 3].value + heap[threadIdx.x & 7];
}
extern "C" void solve(float* data, int* ints, int n) { kernel<<<1, 32>>>(ints, data); }
