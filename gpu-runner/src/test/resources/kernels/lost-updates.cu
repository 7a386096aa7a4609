// Each kernel adds 1 in each of two blocks.
__global__ void volatile_add(volatile int* sum) { *sum = *sum + 1; }

__global__ void exchange(int* sum) {
    int before = atomicAdd(sum, 0);
    atomicExch(sum, before + 1);
}

__global__ void glance(int* sum) {
    int before = *sum;
    atomicExch(sum, before + 1);
}

__global__ void one_try(int* sum) {
    int before = *sum;
    atomicCAS(sum, before, before + 1);
}

__global__ void atomic_add(int* sum) { atomicAdd(sum, 1); }

__global__ void locked(int* sum) {
    while (atomicCAS(sum + 1, 0, 1) != 0) {
    }
    __threadfence();
    volatile int* inside = sum;
    *inside = *inside + 1;
    __threadfence();
    atomicExch(sum + 1, 0);
}

extern "C" void by_volatile(int* sum) { volatile_add<<<2, 1>>>(sum); }
extern "C" void by_exchange(int* sum) { exchange<<<2, 1>>>(sum); }
extern "C" void by_a_glance_and_an_exchange(int* sum) { glance<<<2, 1>>>(sum); }
extern "C" void by_one_try(int* sum) { one_try<<<2, 1>>>(sum); }
extern "C" void by_atomic_add(int* sum) { atomic_add<<<2, 1>>>(sum); }
extern "C" void under_a_lock(int* sum) { locked<<<2, 1>>>(sum); }
