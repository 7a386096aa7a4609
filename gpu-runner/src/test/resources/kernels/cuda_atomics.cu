// <cuda/atomic>, <cuda/latch> and <cuda/semaphore>: every operation once, in memory of each kind, and the patterns that they
// are made for. The block writes what it finds to out.
#include <cuda/atomic>
#include <cuda/latch>
#include <cuda/semaphore>
#include <cuda/std/limits>
#include <cuda/std/type_traits>

static_assert(cuda::std::is_same<cuda::std::remove_cv_t<const int>, int>::value, "cuda::std has what std has");

__global__ void operations(int* out) {
    __shared__ cuda::atomic<int, cuda::thread_scope_block> count;
    __shared__ cuda::atomic<float, cuda::thread_scope_block> sum;
    __shared__ cuda::atomic<unsigned short, cuda::thread_scope_block> halves[2];
    __shared__ cuda::std::atomic<unsigned long long> bits;
    int i = threadIdx.x;
    if (i == 0) {
        count.store(100, cuda::memory_order_relaxed);
        sum = 0.5f;
        halves[0].store(7);
        halves[1].store(9);
        bits = 0;
    }
    __syncthreads();
    count.fetch_add(i);                                    // 100 + 31 * 32 / 2 = 596
    sum.fetch_add(0.25f, cuda::std::memory_order_relaxed); // 0.5 + 8
    halves[i & 1]++;                                       // 23 and 25
    bits |= 1ull << (2 * i);
    __syncthreads();
    if (i == 0) {
        out[0] = count;
        out[1] = (int)(sum.load() * 4);
        out[2] = halves[0].load() * 1000 + halves[1];
        out[3] = (int)(bits.load() >> 32);
        out[4] = count.exchange(5, cuda::memory_order_acq_rel) == 596;
        int expected = 4;
        out[5] = !count.compare_exchange_strong(expected, 6) && expected == 5;
        out[6] = count.compare_exchange_weak(expected, 6, cuda::memory_order_release, cuda::memory_order_relaxed);
        out[7] = count.fetch_max(10) * 100 + count.fetch_min(3);  // 6 and 10
        count -= 1;                                               // 2
        out[8] = ++count * 10 + count--;                          // 3 and 3
        count ^= 7;
        count &= 6;  // (2 ^ 7) & 6 = 4
        out[9] = count | 0;
    }
    // A reference to what is otherwise an ordinary object.
    cuda::atomic_ref<int, cuda::thread_scope_device> shared(out[10]);
    shared.fetch_add(2);
    cuda::atomic_ref<double> wide(*(double*)&out[12]);
    wide.fetch_sub(-0.5);
}

/// Each block hands a number to the next one: data first, then the flag that says so.
__device__ cuda::atomic<int, cuda::thread_scope_device> ready;
__global__ void chain(int* out, int* carried) {
    if (threadIdx.x == 0) {
        while (ready.load(cuda::memory_order_acquire) != (int)blockIdx.x) {
        }
        int before = blockIdx.x == 0 ? 1 : carried[blockIdx.x - 1];
        carried[blockIdx.x] = before * 2;
        ready.store(blockIdx.x + 1, cuda::memory_order_release);
        if (blockIdx.x == gridDim.x - 1) {
            out[14] = before * 2;
        }
    }
}

/// Fences on their own, around relaxed operations.
__global__ void fences(int* out) {
    __shared__ int data;
    __shared__ cuda::atomic<int, cuda::thread_scope_block> flag;
    if (threadIdx.x == 0) flag.store(0, cuda::memory_order_relaxed);
    __syncthreads();
    if (threadIdx.x == 0) {
        data = 42;
        cuda::atomic_thread_fence(cuda::memory_order_release, cuda::thread_scope_block);
        flag.store(1, cuda::memory_order_relaxed);
    } else if (threadIdx.x == 32) {
        flag.wait(0, cuda::memory_order_relaxed);
        cuda::atomic_thread_fence(cuda::memory_order_acquire, cuda::thread_scope_block);
        out[15] = data;
    }
}

__device__ cuda::counting_semaphore<cuda::thread_scope_device> places(2);
__device__ cuda::latch<cuda::thread_scope_device> everybody(4);
__device__ cuda::atomic<int, cuda::thread_scope_device> inside, most;
__global__ void gates(int* out) {
    if (threadIdx.x == 0) {
        places.acquire();
        most.fetch_max(inside.fetch_add(1) + 1);
        inside.fetch_sub(1);
        places.release();
        out[20 + blockIdx.x] = 3;
        everybody.arrive_and_wait();
        if (blockIdx.x == 0) {
            out[16] = out[20] + out[21] + out[22] + out[23];
            out[17] = most.load() <= 2;
        }
    }
}

extern "C" void solve(int* out, int* carried) {
    operations<<<1, 32>>>(out);
    chain<<<5, 32>>>(out, carried);
    fences<<<1, 64>>>(out);
    gates<<<4, 32>>>(out);
}
