// Arrive-wait barriers in shared memory (mbarrier), as C functions.
#ifndef WARPGRADE_CUDA_AWBARRIER_PRIMITIVES_H
#define WARPGRADE_CUDA_AWBARRIER_PRIMITIVES_H

typedef unsigned long long __mbarrier_t;
typedef unsigned long long __mbarrier_token_t;

#define WARPGRADE_MBARRIER static __inline__ __device__

WARPGRADE_MBARRIER unsigned int __warpgrade_mbarrier(const __mbarrier_t* barrier) {
    return (unsigned int)__cvta_generic_to_shared(barrier);
}
WARPGRADE_MBARRIER unsigned int __mbarrier_maximum_count() { return (1u << 20) - 1; }
WARPGRADE_MBARRIER void __mbarrier_init(__mbarrier_t* barrier, unsigned int count) {
    asm volatile("mbarrier.init.shared.b64 [%0], %1;" : : "r"(__warpgrade_mbarrier(barrier)), "r"(count) : "memory");
}
WARPGRADE_MBARRIER void __mbarrier_inval(__mbarrier_t* barrier) {
    asm volatile("mbarrier.inval.shared.b64 [%0];" : : "r"(__warpgrade_mbarrier(barrier)) : "memory");
}
WARPGRADE_MBARRIER __mbarrier_token_t __mbarrier_arrive(__mbarrier_t* barrier) {
    __mbarrier_token_t token;
    asm volatile("mbarrier.arrive.shared.b64 %0, [%1];" : "=l"(token) : "r"(__warpgrade_mbarrier(barrier)) : "memory");
    return token;
}
WARPGRADE_MBARRIER __mbarrier_token_t __mbarrier_arrive_and_drop(__mbarrier_t* barrier) {
    __mbarrier_token_t token;
    asm volatile(
        "mbarrier.arrive_drop.shared.b64 %0, [%1];" : "=l"(token) : "r"(__warpgrade_mbarrier(barrier)) : "memory");
    return token;
}
WARPGRADE_MBARRIER bool __mbarrier_test_wait(__mbarrier_t* barrier, __mbarrier_token_t token) {
    unsigned int done;
    asm volatile(
        "{ .reg .pred p; mbarrier.test_wait.shared.b64 p, [%1], %2; selp.u32 %0, 1, 0, p; }"
        : "=r"(done) : "r"(__warpgrade_mbarrier(barrier)), "l"(token) : "memory");
    return done;
}
WARPGRADE_MBARRIER bool __mbarrier_test_wait_parity(__mbarrier_t* barrier, bool parity) {
    unsigned int done;
    asm volatile(
        "{ .reg .pred p; mbarrier.test_wait.parity.shared.b64 p, [%1], %2; selp.u32 %0, 1, 0, p; }"
        : "=r"(done) : "r"(__warpgrade_mbarrier(barrier)), "r"((unsigned int)parity) : "memory");
    return done;
}
WARPGRADE_MBARRIER bool __mbarrier_try_wait(__mbarrier_t* barrier, __mbarrier_token_t token, unsigned int) {
    return __mbarrier_test_wait(barrier, token);
}
WARPGRADE_MBARRIER bool __mbarrier_try_wait_parity(__mbarrier_t* barrier, bool parity, unsigned int) {
    return __mbarrier_test_wait_parity(barrier, parity);
}
WARPGRADE_MBARRIER unsigned int __mbarrier_token_pending_count(__mbarrier_token_t token) {
    unsigned int count;
    asm("mbarrier.pending_count.b64 %0, %1;" : "=r"(count) : "l"(token));
    return count;
}

#undef WARPGRADE_MBARRIER

#endif
