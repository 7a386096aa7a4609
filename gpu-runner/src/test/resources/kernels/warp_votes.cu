// Ballots, matches, partial masks, divergent shuffles, 64-bit and double arithmetic.
__global__ void votes(const int* x, unsigned* ballot, unsigned* same, int* any, int n) {
    int i = threadIdx.x;
    ballot[i] = __ballot_sync(0xffffffffu, x[i] > 3);
    same[i] = __match_any_sync(0xffffffffu, x[i]);
    any[i] = __any_sync(0xffffffffu, x[i] == 7) * 2 + __all_sync(0xffffffffu, x[i] < 100);
    unsigned half = i % 32 < 16 ? 0x0000ffffu : 0xffff0000u;
    int neighbour = __shfl_xor_sync(half, x[i], 1);
    if (i % 2) any[i] += 10 * neighbour;
    else any[i] += 1000 * __shfl_up_sync(0x55555555u, x[i], 2);
}
__global__ void wide(const long long* a, const double* d, long long* out, double* dout, int n) {
    int i = threadIdx.x;
    if (i < n) {
        long long v = a[i] * 6364136223846793005LL + 1442695040888963407LL;
        out[i] = (v >> 33) ^ (v % 1000003LL) ^ (long long)__umul64hi((unsigned long long)v, 0x9E3779B97F4A7C15ULL) ^ __popcll(v) ^ __clzll(v);
        dout[i] = fma(d[i], d[i], 1.0 / (d[i] + 2.0)) + sqrt(fabs(d[i])) + floor(d[i]);
    }
}
extern "C" void solve(const int* x, unsigned* ballot, unsigned* same, int* any, const long long* a, const double* d, long long* out, double* dout, int n) {
    votes<<<1, 64>>>(x, ballot, same, any, 64);
    wide<<<1, 64>>>(a, d, out, dout, n);
}
