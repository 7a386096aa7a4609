// mutant: H1a a shuffle with a full mask in a branch that not all lanes take
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

// A state moves between lanes 4 bytes at a time, whatever it is.
template <class State>
__device__ State from_lane_below(State s, int distance) {
    union Words {
        State state;
        int word[sizeof(State) / 4];
        __device__ Words() {}
    } words;
    words.state = s;
    for (int w = 0; w < sizeof(State) / 4; w++) {
        words.word[w] = __shfl_down_sync(0xffffffffu, words.word[w], distance);
    }
    return words.state;
}

// Lane 0 gets the merged states of the whole warp. Every lane must call it.
template <class Op>
__device__ typename Op::State warp_merge(typename Op::State s) {
    for (int distance = 16; distance > 0; distance /= 2) {
        s = Op::merge(s, from_lane_below(s, distance));
    }
    return s;
}

// Thread 0 gets the merged states of a block of at most 32 warps.
template <class Op>
__device__ typename Op::State block_merge(typename Op::State s) {
    __shared__ typename Op::State warps[32];
    s = warp_merge<Op>(s);
    if (threadIdx.x % 32 == 0) {
        warps[threadIdx.x / 32] = s;
    }
    __syncthreads();
    if (threadIdx.x < 32) {
        s = warp_merge<Op>(threadIdx.x < blockDim.x / 32 ? warps[threadIdx.x] : Op::none());
    }
    return s;
}

// inner = 1: one block per row.
template <class Op>
__global__ void reduce_rows(const float* x, float* y, int* idx, int n) {
    const float* row = x + (long)blockIdx.x * n;
    typename Op::State mine = Op::none();
    if (n <= 32) {
        // A short row: only the threads that own an element take part.
        if (threadIdx.x < n) {
            mine = warp_merge<Op>(Op::join(mine, row[threadIdx.x], threadIdx.x));
        }
        if (threadIdx.x == 0) {
            Op::store(mine, y, idx, blockIdx.x, n);
        }
        return;
    }
    for (int k = threadIdx.x; k < n; k += blockDim.x) {
        mine = Op::join(mine, row[k], k);
    }
    mine = block_merge<Op>(mine);
    if (threadIdx.x == 0) {
        Op::store(mine, y, idx, blockIdx.x, n);
    }
}

// inner > 1: blocks of 32 x 8 threads; x is the output, y the slice of the axis.
template <class Op>
__global__ void reduce_columns(const float* x, float* y, int* idx, int outputs, int n, int inner) {
    __shared__ typename Op::State slices[8][32];
    int at = blockIdx.x * 32 + threadIdx.x;
    typename Op::State mine = Op::none();
    if (at < outputs) {
        const float* column = x + (long)(at / inner) * n * inner + at % inner;
        for (int k = threadIdx.y; k < n; k += 8) {
            mine = Op::join(mine, column[(long)k * inner], k);
        }
    }
    slices[threadIdx.y][threadIdx.x] = mine;
    __syncthreads();
    if (threadIdx.y == 0 && at < outputs) {
        for (int slice = 1; slice < 8; slice++) {
            mine = Op::merge(mine, slices[slice][threadIdx.x]);
        }
        Op::store(mine, y, idx, at, n);
    }
}

// No wider than the row is long, so that short rows keep no idle warps.
static int threads_for(int n) {
    int threads = (n + 31) / 32 * 32;
    return threads < 512 ? threads : 512;
}

template <class Op>
void run(const float* x, float* y, int* idx, int outer, int n, int inner) {
    if (inner == 1) {
        reduce_rows<Op><<<outer, threads_for(n)>>>(x, y, idx, n);
    } else {
        int outputs = outer * inner;
        reduce_columns<Op><<<(outputs + 31) / 32, dim3(32, 8)>>>(x, y, idx, outputs, n, inner);
    }
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
