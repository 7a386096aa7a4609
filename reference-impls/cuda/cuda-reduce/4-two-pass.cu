// assignment: cuda-reduce
//
// Rung 4: long axes are cut into parts, in two passes; rows are read as float4.
// What changed: when there are too few outputs to fill the GPU, several blocks reduce parts of the same column into scratch
// memory, and a second launch merges the parts in a fixed order. Rows on 16-byte boundaries are read four floats at a time.
// Why it is faster: one row of a million floats now keeps hundreds of blocks busy, and each thread has four times the bytes in
// flight. Every input is read once and almost nothing is written: this is the speed of memory.
// Why not atomicAdd: it would save the second pass, but the order of the additions, and with it the last bits of the
// result, would change from run to run.

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

// Rows: block (part, row) reduces the elements [part * length, (part + 1) * length) of its row to parts[row][part].
template <class Op>
__global__ void reduce_rows(const float* x, typename Op::State* parts, float* y, int* idx, int n, int length) {
    const float* row = x + (long)blockIdx.y * n;
    int first = blockIdx.x * length;
    int last = n - first < length ? n : first + length;
    typename Op::State mine = Op::none();
    // The address decides, the same for the whole block; length is a multiple of 4, so parts are aligned as their row is.
    bool aligned = reinterpret_cast<unsigned long long>(row) % 16 == 0;
    int quads = aligned ? (last - first) / 4 : 0;
    const float4* row4 = reinterpret_cast<const float4*>(row + first);
    for (int q = threadIdx.x; q < quads; q += blockDim.x) {
        float4 v = row4[q];
        int k = first + 4 * q;
        mine = Op::join(mine, v.x, k);
        mine = Op::join(mine, v.y, k + 1);
        mine = Op::join(mine, v.z, k + 2);
        mine = Op::join(mine, v.w, k + 3);
    }
    for (int k = first + 4 * quads + threadIdx.x; k < last; k += blockDim.x) {
        mine = Op::join(mine, row[k], k);
    }
    mine = block_merge<Op>(mine);
    if (threadIdx.x == 0) {
        if (gridDim.x == 1) {
            Op::store(mine, y, idx, blockIdx.y, n);
        } else {
            parts[(long)blockIdx.y * gridDim.x + blockIdx.x] = mine;
        }
    }
}

// Columns: blocks of 32 outputs x 8 slices; block (group, part) writes parts[output][part].
template <class Op>
__global__ void reduce_columns(
        const float* x, typename Op::State* parts, float* y, int* idx, int outputs, int n, int inner, int length) {
    __shared__ typename Op::State slices[8][32];
    int at = blockIdx.x * 32 + threadIdx.x;
    int first = blockIdx.y * length;
    int last = n - first < length ? n : first + length;
    typename Op::State mine = Op::none();
    if (at < outputs) {
        const float* column = x + (long)(at / inner) * n * inner + at % inner;
        for (int k = first + threadIdx.y; k < last; k += 8) {
            mine = Op::join(mine, column[(long)k * inner], k);
        }
    }
    slices[threadIdx.y][threadIdx.x] = mine;
    __syncthreads();
    if (threadIdx.y == 0 && at < outputs) {
        for (int slice = 1; slice < 8; slice++) {
            mine = Op::merge(mine, slices[slice][threadIdx.x]);
        }
        if (gridDim.y == 1) {
            Op::store(mine, y, idx, at, n);
        } else {
            parts[(long)at * gridDim.y + blockIdx.y] = mine;
        }
    }
}

// One warp per output merges its parts.
template <class Op>
__global__ void merge_parts(const typename Op::State* parts, float* y, int* idx, int outputs, int count, int n) {
    int at = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
    int lane = threadIdx.x % 32;
    if (at >= outputs) {
        return;  // whole warps leave
    }
    typename Op::State mine = Op::none();
    for (int part = lane; part < count; part += 32) {
        mine = Op::merge(mine, parts[(long)at * count + part]);
    }
    mine = warp_merge<Op>(mine);
    if (lane == 0) {
        Op::store(mine, y, idx, at, n);
    }
}

// Four elements a thread, up to 256 threads: short rows keep no idle warps.
static int threads_for(int length) {
    int threads = (length / 4 + 31) / 32 * 32;
    return threads < 32 ? 32 : threads < 256 ? threads : 256;
}

// As many parts as bring the grid to about 1024 blocks, each of at least 4096 elements.
static int parts_for(int blocks, int n) {
    int wanted = 1024 / blocks;
    int possible = n / 4096;
    int parts = wanted < possible ? wanted : possible;
    return parts < 1 ? 1 : parts;
}

template <class Op>
void run(const float* x, float* y, int* idx, int outer, int n, int inner) {
    int outputs = outer * inner;
    // blockIdx.y ends at 65,535: with more rows than that the column kernel serves inner = 1 as well.
    bool rows = inner == 1 && outer <= 65535;
    int groups = rows ? outer : (outputs + 31) / 32;
    int wanted = parts_for(groups, n);
    int length = (n / wanted + 4) / 4 * 4;
    int count = (n + length - 1) / length;
    typename Op::State* parts = nullptr;
    if (count > 1) {
        cudaMalloc(reinterpret_cast<void**>(&parts), (size_t)outputs * count * sizeof(typename Op::State));
    }
    if (rows) {
        reduce_rows<Op><<<dim3(count, outer), threads_for(length)>>>(x, parts, y, idx, n, length);
    } else {
        reduce_columns<Op><<<dim3(groups, count), dim3(32, 8)>>>(x, parts, y, idx, outputs, n, inner, length);
    }
    if (count > 1) {
        merge_parts<Op><<<(outputs + 7) / 8, 256>>>(parts, y, idx, outputs, count, n);
        cudaFree(parts);
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
