// Calls in every form: structs by value, results of each size, local arrays, recursion, pointers, under divergence, with
// barriers, shuffles and votes inside, under a predicate, deep enough to need more stack than at first.
#define STAYS __device__ __noinline__

struct Box {
    int a, b;
    double weight;
    char tag;
};
struct Pair {
    float x, y;
};

STAYS Pair swapped(Pair p) { return Pair{p.y, p.x}; }
STAYS int sum(Box box, int scale) { return (box.a + box.b) * scale + (int)box.weight + box.tag; }
STAYS double wide(double a, long long b) { return a * 2 + (double)b; }
STAYS float4 twice(float4 v) { return make_float4(2 * v.x, 2 * v.y, 2 * v.z, 2 * v.w); }
STAYS bool odd(unsigned char c, short s) { return (c + s) & 1; }
STAYS void nothing(int* where, int value) { *where = value; }

// A local array, indexed at run time, whose address goes down another call.
STAYS void fill(int* a, int n, int from) {
    for (int i = 0; i < n; i++) a[i] = from + i * i;
}
STAYS int table(int n, int at) {
    int own[16];
    fill(own, 16, n);
    return own[at & 15];
}

// A factorial that is not a tail call, and a pair that calls each other.
STAYS long long factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }
STAYS int is_even(int n);
STAYS int is_odd(int n) { return n == 0 ? 0 : is_even(n - 1); }
STAYS int is_even(int n) { return n == 0 ? 1 : is_odd(n - 1); }

// Local variables and a struct that live across the recursive call.
STAYS int depth(int n, Box box) {
    int own[4] = {n, n + 1, n + 2, n + 3};
    if (n == 0) return box.a;
    box.a += own[n & 3];
    int below = depth(n - 1, box);
    return below + own[(n + 1) & 3] + box.b;
}

__global__ void values(int* out, double* wides, int n) {
    int i = threadIdx.x;
    Box box{i, 2 * i, 3.5 * i, (char)(i & 15)};
    Pair p = swapped(Pair{(float)i, 1.0f + i});
    float4 v = twice(make_float4(i, i + 1, i + 2, i + 3));
    int at = 0;
    nothing(&at, i * 3);
    out[i] = sum(box, n) + (int)p.x * 1000 + (int)(v.x + v.y + v.z + v.w) + odd((unsigned char)i, 2) + at;
    wides[i] = wide(i * 0.25, 1000000007LL * i);
}

__global__ void arrays(int* out) { out[threadIdx.x] = table(threadIdx.x, threadIdx.x * 7); }

__global__ void recursion(int* out, long long* big) {
    int i = threadIdx.x;
    big[i] = factorial(i % 20);
    // Only some threads call, each to another depth.
    out[i] = i % 3 == 0 ? is_even(i) * 2 + is_odd(i) : -1;
    if (i % 5 != 4) out[i] += depth(i, Box{1, 2, 3.0, 4}) * 10;
}

// Function pointers that differ between the threads of a warp, through a table and as an argument.
typedef int (*Step)(int, int);
STAYS int plus(int a, int b) { return a + b; }
STAYS int times(int a, int b) { return a * b; }
STAYS int minus(int a, int b) { return b == 0 ? a : minus(a, b - 1) - 1; }
__device__ Step steps[3] = {plus, times, minus};
STAYS int apply(Step f, int a, int b) { return f(a, b); }
__global__ void pointers(int* out) {
    int i = threadIdx.x;
    int r = steps[i % 3](i, 5);
    if (i % 2) r += apply(steps[(i + 1) % 3], i, 4);
    out[i] = r;
}

// Lanes meet inside of functions: shuffles, votes, barriers of the block.
STAYS float warp_sum(float v) {
    for (int d = 16; d > 0; d /= 2) v += __shfl_xor_sync(0xffffffff, v, d);
    return v;
}
STAYS float block_sum(float v, float* partial) {
    v = warp_sum(v);
    if (threadIdx.x % 32 == 0) partial[threadIdx.x / 32] = v;
    __syncthreads();
    float total = 0;
    for (int w = 0; w < blockDim.x / 32; w++) total += partial[w];
    __syncthreads();
    return total;
}
// A barrier in a function that calls itself: all threads go to the same depth.
STAYS float rounds(float v, float* partial, int n) {
    float here = block_sum(v, partial);
    return n == 0 ? here : here + rounds(v + 1, partial, n - 1);
}
STAYS int votes(int v) { return __popc(__ballot_sync(0xffffffff, v & 1)) * 2 + __any_sync(0xffffffff, v == 77); }
__global__ void meetings(const float* in, float* out) {
    __shared__ float partial[32];
    int i = threadIdx.x;
    float total = block_sum(in[i], partial);
    float more = rounds(in[i], partial, 3);
    out[i] = total + more + votes(i);
}

// Exits, prints and allocates inside of functions.
STAYS void leave(int i, int* out) {
    if (i % 4 == 1) {
        out[i] = -7;
        asm volatile("exit;");
    }
}
STAYS int* made(int i) {
    int* p = (int*)malloc(8);
    p[0] = i;
    p[1] = i * i;
    return p;
}
STAYS int told(int i, int rest) {
    if (i == 2) printf("thread %d at %d\n", i, rest);
    return rest == 0 ? i : told(i, rest - 1);
}
__global__ void runtime(int* out) {
    int i = threadIdx.x;
    leave(i, out);
    int* p = made(i);
    out[i] = p[0] + p[1] + told(i, 2);
    free(p);
}

// A thread waits in a function for what another thread of its warp does after it.
STAYS bool is_set(volatile int* flag) { return *flag != 0; }
STAYS int until(volatile int* flag, int tries) { return is_set(flag) ? tries : until(flag, tries); }
__global__ void waiting(int* out) {
    __shared__ volatile int flag;
    if (threadIdx.x == 0) flag = 0;
    __syncwarp();
    if (threadIdx.x % 2 == 0) {
        while (!is_set(&flag)) {
        }
        out[threadIdx.x] = 1;
    } else {
        out[threadIdx.x] = 2;
        if (threadIdx.x == 31) flag = 1;
    }
}

extern "C" void solve(int* ints, double* wides, long long* big, float* floats, float* in) {
    values<<<1, 32>>>(ints, wides, 3);
    arrays<<<1, 32>>>(ints + 32);
    recursion<<<1, 32>>>(ints + 64, big);
    pointers<<<1, 32>>>(ints + 96);
    meetings<<<1, 64>>>(in, floats);
    runtime<<<1, 32>>>(ints + 128);
    waiting<<<1, 32>>>(ints + 160);
}
