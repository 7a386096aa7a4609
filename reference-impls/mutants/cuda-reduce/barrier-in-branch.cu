// mutant: H1a the barrier stands inside the branch of the threads that own an element
// assignment: cuda-reduce

// An operation says what is carried along (State), how an element joins it, how two of them merge, and what is stored.
struct Sum {
    typedef float State;
    __device__ static State none() { return 0.0f; }
    __device__ static State join(State s, float v, int k) { return s + v; }
    __device__ static State merge(State a, State b) { return a + b; }
    __device__ static void store(State s, float* y, int* idx, int at, int n) { y[at] = s; }
};

struct Mean : Sum {
    __device__ static void store(State s, float* y, int* idx, int at, int n) { y[at] = s / n; }
};

// Squares of large floats are no floats; a double holds them all.
struct Norm {
    typedef double State;
    __device__ static State none() { return 0.0; }
    __device__ static State join(State s, float v, int k) { return s + (double)v * v; }
    __device__ static State merge(State a, State b) { return a + b; }
    __device__ static void store(State s, float* y, int* idx, int at, int n) { y[at] = (float)sqrt(s); }
};

struct Max {
    typedef float State;
    __device__ static State none() { return -__int_as_float(0x7f800000); }
    // Not fmaxf, which drops a NaN. With b = NaN the comparison is false and b wins; a = NaN is asked for.
    __device__ static State merge(State a, State b) { return a > b || a != a ? a : b; }
    __device__ static State join(State s, float v, int k) { return merge(s, v); }
    __device__ static void store(State s, float* y, int* idx, int at, int n) { y[at] = s; }
};

struct ArgMax {
    struct State {
        float value;
        int index;
    };
    // Loses every comparison: even -infinity has a smaller index.
    __device__ static State none() { return State{-__int_as_float(0x7f800000), 0x7fffffff}; }
    __device__ static bool wins(State a, State b) {
        bool aNan = a.value != a.value;
        bool bNan = b.value != b.value;
        if (aNan != bNan) {
            return aNan;
        }
        if (!aNan && a.value != b.value) {
            return a.value > b.value;
        }
        return a.index < b.index;
    }
    __device__ static State merge(State a, State b) { return wins(a, b) ? a : b; }
    __device__ static State join(State s, float v, int k) { return merge(s, State{v, k}); }
    __device__ static void store(State s, float* y, int* idx, int at, int n) { idx[at] = s.index; }
};

template <class Op>
__global__ void reduce_kernel(const float* x, float* y, int* idx, int n, int inner) {
    const float* column = x + (long)(blockIdx.x / inner) * n * inner + blockIdx.x % inner;
    typename Op::State mine = Op::none();
    for (int k = threadIdx.x; k < n; k += blockDim.x) {
        mine = Op::join(mine, column[(long)k * inner], k);
    }
    __shared__ typename Op::State tree[512];
    if (threadIdx.x < n) {
        tree[threadIdx.x] = mine;
        __syncthreads();
    } else {
        tree[threadIdx.x] = Op::none();
    }
    for (int half = blockDim.x / 2; half > 0; half /= 2) {
        if (threadIdx.x < half) {
            tree[threadIdx.x] = Op::merge(tree[threadIdx.x], tree[threadIdx.x + half]);
        }
        __syncthreads();
    }
    if (threadIdx.x == 0) {
        Op::store(tree[0], y, idx, blockIdx.x, n);
    }
}

template <class Op>
void run(const float* x, float* y, int* idx, int outer, int n, int inner) {
    // No wider than the axis is long: idle threads would climb the tree for nothing.
    int threads = 32;
    while (threads < 512 && threads < n) {
        threads *= 2;
    }
    reduce_kernel<Op><<<outer * inner, threads>>>(x, y, idx, n, inner);
}

extern "C" void reduce(int op, const float* x, float* y, int* idx, int outer, int n, int inner) {
    switch (op) {
        case 0: run<Sum>(x, y, idx, outer, n, inner); break;
        case 1: run<Max>(x, y, idx, outer, n, inner); break;
        case 2: run<ArgMax>(x, y, idx, outer, n, inner); break;
        case 3: run<Mean>(x, y, idx, outer, n, inner); break;
        case 4: run<Norm>(x, y, idx, outer, n, inner); break;
    }
}
