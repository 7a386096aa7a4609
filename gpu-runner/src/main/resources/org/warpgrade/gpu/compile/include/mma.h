// Tensor cores through nvcuda::wmma: fragments of half, bfloat16, tf32, double and 8-bit integers.
//
// Each function is one wmma instruction (PTX ISA 9.7.14.4). Which element x[i] of a fragment is which element of the
// matrix is left open there; what is done alike to all elements is fine.
#ifndef WARPGRADE_MMA_H
#define WARPGRADE_MMA_H

#include "cuda_fp16.h"
#include "cuda_bf16.h"

namespace nvcuda {
namespace wmma {

struct matrix_a {};
struct matrix_b {};
struct accumulator {};
struct row_major {};
struct col_major {};
enum layout_t { mem_row_major, mem_col_major };
namespace precision {
struct tf32 {};
}

template <typename Use, int m, int n, int k, typename T, typename Layout = void>
class fragment;

template <typename T, typename Stored, int count>
struct __warpgrade_fragment {
    typedef T element_type;
    typedef Stored storage_element_type;
    enum { num_elements = count, num_storage_elements = count };
    Stored x[count];
};

template <typename T, typename Stored, int count, typename Value>
__device__ __forceinline__ void fill_fragment(__warpgrade_fragment<T, Stored, count>& f, const Value& value) {
    for (int i = 0; i < count; i++) {
        f.x[i] = (Stored)value;
    }
}

// The same float with the ten bits of fraction that tf32 has.
__device__ __forceinline__ float __float_to_tf32(float x) {
    unsigned int bits;
    asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(x));
    return __uint_as_float(bits);
}

// ---- elements to and from the registers that the instructions take

template <typename H>  // half or bfloat16: two in a register
__device__ __forceinline__ void __warpgrade_unpack(H* x, const unsigned int* r, int count) {
    for (int i = 0; i < count; i++) {
        x[2 * i].__x = (unsigned short)r[i];
        x[2 * i + 1].__x = (unsigned short)(r[i] >> 16);
    }
}
template <typename H>
__device__ __forceinline__ void __warpgrade_pack(unsigned int* r, const H* x, int count) {
    for (int i = 0; i < count; i++) {
        r[i] = x[2 * i].__x | (unsigned int)x[2 * i + 1].__x << 16;
    }
}
#define WARPGRADE_BYTES(T) \
    __device__ __forceinline__ void __warpgrade_unpack(T* x, const unsigned int* r, int count) { \
        for (int i = 0; i < 4 * count; i++) x[i] = (T)(r[i / 4] >> i % 4 * 8); \
    } \
    __device__ __forceinline__ void __warpgrade_pack(unsigned int* r, const T* x, int count) { \
        for (int i = 0; i < count; i++) \
            r[i] = (unsigned char)x[4 * i] | (unsigned int)(unsigned char)x[4 * i + 1] << 8 \
                   | (unsigned int)(unsigned char)x[4 * i + 2] << 16 \
                   | (unsigned int)(unsigned char)x[4 * i + 3] << 24; \
    }
WARPGRADE_BYTES(signed char)
WARPGRADE_BYTES(unsigned char)
__device__ __forceinline__ void __warpgrade_unpack(float* x, const unsigned int* r, int count) {
    for (int i = 0; i < count; i++) x[i] = __uint_as_float(r[i]);
}
__device__ __forceinline__ void __warpgrade_pack(unsigned int* r, const float* x, int count) {
    for (int i = 0; i < count; i++) r[i] = __float_as_uint(x[i]);
}
__device__ __forceinline__ void __warpgrade_unpack(int* x, const unsigned int* r, int count) {
    for (int i = 0; i < count; i++) x[i] = (int)r[i];
}
__device__ __forceinline__ void __warpgrade_pack(unsigned int* r, const int* x, int count) {
    for (int i = 0; i < count; i++) r[i] = (unsigned int)x[i];
}
__device__ __forceinline__ void __warpgrade_unpack(double* x, const double* r, int count) {
    for (int i = 0; i < count; i++) x[i] = r[i];
}
__device__ __forceinline__ void __warpgrade_pack(double* r, const double* x, int count) {
    for (int i = 0; i < count; i++) r[i] = x[i];
}

// ---- the instructions, by number and kind of registers

#define WARPGRADE_LOAD_R1(op) \
    asm volatile(op " {%0}, [%1], %2;" \
                 : "=r"(r[0]) \
                 : "l"(p), "r"(stride) : "memory")
#define WARPGRADE_LOAD_R2(op) \
    asm volatile(op " {%0, %1}, [%2], %3;" \
                 : "=r"(r[0]), "=r"(r[1]) \
                 : "l"(p), "r"(stride) : "memory")
#define WARPGRADE_LOAD_R4(op) \
    asm volatile(op " {%0, %1, %2, %3}, [%4], %5;" \
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) \
                 : "l"(p), "r"(stride) : "memory")
#define WARPGRADE_LOAD_R8(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, [%8], %9;" \
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]), "=r"(r[4]), "=r"(r[5]), "=r"(r[6]), "=r"(r[7]) \
                 : "l"(p), "r"(stride) : "memory")
#define WARPGRADE_LOAD_D1(op) \
    asm volatile(op " {%0}, [%1], %2;" \
                 : "=d"(r[0]) \
                 : "l"(p), "r"(stride) : "memory")
#define WARPGRADE_LOAD_D2(op) \
    asm volatile(op " {%0, %1}, [%2], %3;" \
                 : "=d"(r[0]), "=d"(r[1]) \
                 : "l"(p), "r"(stride) : "memory")
#define WARPGRADE_STORE_R4(op) \
    asm volatile(op " [%4], {%0, %1, %2, %3}, %5;" \
                 : \
                 : "r"(r[0]), "r"(r[1]), "r"(r[2]), "r"(r[3]), "l"(p), "r"(stride) : "memory")
#define WARPGRADE_STORE_R8(op) \
    asm volatile(op " [%8], {%0, %1, %2, %3, %4, %5, %6, %7}, %9;" \
                 : \
                 : "r"(r[0]), "r"(r[1]), "r"(r[2]), "r"(r[3]), \
                   "r"(r[4]), "r"(r[5]), "r"(r[6]), "r"(r[7]), "l"(p), "r"(stride) : "memory")
#define WARPGRADE_STORE_D2(op) \
    asm volatile(op " [%2], {%0, %1}, %3;" \
                 : \
                 : "d"(r[0]), "d"(r[1]), "l"(p), "r"(stride) : "memory")
#define WARPGRADE_MMA_4_8_8_4(op) \
    asm volatile(op " {%0, %1, %2, %3}, {%4, %5, %6, %7, %8, %9, %10, %11}, " \
                 "{%12, %13, %14, %15, %16, %17, %18, %19}, {%20, %21, %22, %23};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]) \
                 : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), "r"(ra[4]), "r"(ra[5]), "r"(ra[6]), "r"(ra[7]), \
                   "r"(rb[0]), "r"(rb[1]), "r"(rb[2]), "r"(rb[3]), "r"(rb[4]), "r"(rb[5]), "r"(rb[6]), "r"(rb[7]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]))
#define WARPGRADE_MMA_8_8_8_8(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, {%8, %9, %10, %11, %12, %13, %14, %15}, " \
                 "{%16, %17, %18, %19, %20, %21, %22, %23}, {%24, %25, %26, %27, %28, %29, %30, %31};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]), \
                   "=r"(rd[4]), "=r"(rd[5]), "=r"(rd[6]), "=r"(rd[7]) \
                 : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), "r"(ra[4]), "r"(ra[5]), "r"(ra[6]), "r"(ra[7]), \
                   "r"(rb[0]), "r"(rb[1]), "r"(rb[2]), "r"(rb[3]), "r"(rb[4]), "r"(rb[5]), "r"(rb[6]), "r"(rb[7]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]), "r"(rc[4]), "r"(rc[5]), "r"(rc[6]), "r"(rc[7]))
#define WARPGRADE_MMA_4_8_8_8(op) \
    asm volatile(op " {%0, %1, %2, %3}, {%4, %5, %6, %7, %8, %9, %10, %11}, " \
                 "{%12, %13, %14, %15, %16, %17, %18, %19}, {%20, %21, %22, %23, %24, %25, %26, %27};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]) \
                 : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), "r"(ra[4]), "r"(ra[5]), "r"(ra[6]), "r"(ra[7]), \
                   "r"(rb[0]), "r"(rb[1]), "r"(rb[2]), "r"(rb[3]), "r"(rb[4]), "r"(rb[5]), "r"(rb[6]), "r"(rb[7]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]), "r"(rc[4]), "r"(rc[5]), "r"(rc[6]), "r"(rc[7]))
#define WARPGRADE_MMA_8_8_8_4(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, {%8, %9, %10, %11, %12, %13, %14, %15}, " \
                 "{%16, %17, %18, %19, %20, %21, %22, %23}, {%24, %25, %26, %27};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]), \
                   "=r"(rd[4]), "=r"(rd[5]), "=r"(rd[6]), "=r"(rd[7]) \
                 : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), "r"(ra[4]), "r"(ra[5]), "r"(ra[6]), "r"(ra[7]), \
                   "r"(rb[0]), "r"(rb[1]), "r"(rb[2]), "r"(rb[3]), "r"(rb[4]), "r"(rb[5]), "r"(rb[6]), "r"(rb[7]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]))
#define WARPGRADE_MMA_8_4_4_8(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, {%8, %9, %10, %11}, " \
                 "{%12, %13, %14, %15}, {%16, %17, %18, %19, %20, %21, %22, %23};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]), \
                   "=r"(rd[4]), "=r"(rd[5]), "=r"(rd[6]), "=r"(rd[7]) \
                 : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), \
                   "r"(rb[0]), "r"(rb[1]), "r"(rb[2]), "r"(rb[3]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]), "r"(rc[4]), "r"(rc[5]), "r"(rc[6]), "r"(rc[7]))
#define WARPGRADE_MMA_8_2_8_8(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, {%8, %9}, " \
                 "{%10, %11, %12, %13, %14, %15, %16, %17}, {%18, %19, %20, %21, %22, %23, %24, %25};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]), \
                   "=r"(rd[4]), "=r"(rd[5]), "=r"(rd[6]), "=r"(rd[7]) \
                 : "r"(ra[0]), "r"(ra[1]), \
                   "r"(rb[0]), "r"(rb[1]), "r"(rb[2]), "r"(rb[3]), "r"(rb[4]), "r"(rb[5]), "r"(rb[6]), "r"(rb[7]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]), "r"(rc[4]), "r"(rc[5]), "r"(rc[6]), "r"(rc[7]))
#define WARPGRADE_MMA_8_8_2_8(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, {%8, %9, %10, %11, %12, %13, %14, %15}, " \
                 "{%16, %17}, {%18, %19, %20, %21, %22, %23, %24, %25};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]), \
                   "=r"(rd[4]), "=r"(rd[5]), "=r"(rd[6]), "=r"(rd[7]) \
                 : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), "r"(ra[4]), "r"(ra[5]), "r"(ra[6]), "r"(ra[7]), \
                   "r"(rb[0]), "r"(rb[1]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]), "r"(rc[4]), "r"(rc[5]), "r"(rc[6]), "r"(rc[7]))
#define WARPGRADE_MMA_8_2_2_8(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, {%8, %9}, " \
                 "{%10, %11}, {%12, %13, %14, %15, %16, %17, %18, %19};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]), \
                   "=r"(rd[4]), "=r"(rd[5]), "=r"(rd[6]), "=r"(rd[7]) \
                 : "r"(ra[0]), "r"(ra[1]), \
                   "r"(rb[0]), "r"(rb[1]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]), "r"(rc[4]), "r"(rc[5]), "r"(rc[6]), "r"(rc[7]))
#define WARPGRADE_MMA_8_1_4_8(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, {%8}, " \
                 "{%9, %10, %11, %12}, {%13, %14, %15, %16, %17, %18, %19, %20};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]), \
                   "=r"(rd[4]), "=r"(rd[5]), "=r"(rd[6]), "=r"(rd[7]) \
                 : "r"(ra[0]), \
                   "r"(rb[0]), "r"(rb[1]), "r"(rb[2]), "r"(rb[3]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]), "r"(rc[4]), "r"(rc[5]), "r"(rc[6]), "r"(rc[7]))
#define WARPGRADE_MMA_8_4_1_8(op) \
    asm volatile(op " {%0, %1, %2, %3, %4, %5, %6, %7}, {%8, %9, %10, %11}, " \
                 "{%12}, {%13, %14, %15, %16, %17, %18, %19, %20};" \
                 : "=r"(rd[0]), "=r"(rd[1]), "=r"(rd[2]), "=r"(rd[3]), \
                   "=r"(rd[4]), "=r"(rd[5]), "=r"(rd[6]), "=r"(rd[7]) \
                 : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), \
                   "r"(rb[0]), \
                   "r"(rc[0]), "r"(rc[1]), "r"(rc[2]), "r"(rc[3]), "r"(rc[4]), "r"(rc[5]), "r"(rc[6]), "r"(rc[7]))
#define WARPGRADE_MMA_2_1_1_2(op) \
    asm volatile(op " {%0, %1}, {%2}, " \
                 "{%3}, {%4, %5};" \
                 : "=d"(rd[0]), "=d"(rd[1]) \
                 : "d"(ra[0]), \
                   "d"(rb[0]), \
                   "d"(rc[0]), "d"(rc[1]))

// ---- fragments and functions

// An operand: the fragment, and its load. R is what a register holds, N how many there are.
#define WARPGRADE_OPERAND(use, letter, m, n, k, T, Stored, ptx, count, layout, word, R, Kind, N) \
    template <> \
    class fragment<use, m, n, k, T, layout> : public __warpgrade_fragment<T, Stored, count> {}; \
    __device__ __forceinline__ void load_matrix_sync( \
        fragment<use, m, n, k, T, layout>& f, const Stored* p, unsigned int stride) { \
        R r[N]; \
        WARPGRADE_LOAD_##Kind##N("wmma.load." letter ".sync.aligned." word ".m" #m "n" #n "k" #k "." ptx); \
        __warpgrade_unpack(f.x, r, N); \
    }
#define WARPGRADE_OPERANDS(m, n, k, T, Stored, ptx, countA, countB, R, Kind, NA, NB) \
    WARPGRADE_OPERAND(matrix_a, "a", m, n, k, T, Stored, ptx, countA, row_major, "row", R, Kind, NA) \
    WARPGRADE_OPERAND(matrix_a, "a", m, n, k, T, Stored, ptx, countA, col_major, "col", R, Kind, NA) \
    WARPGRADE_OPERAND(matrix_b, "b", m, n, k, T, Stored, ptx, countB, row_major, "row", R, Kind, NB) \
    WARPGRADE_OPERAND(matrix_b, "b", m, n, k, T, Stored, ptx, countB, col_major, "col", R, Kind, NB)

#define WARPGRADE_ACCUMULATOR(m, n, k, T, ptx, count, R, Kind, N) \
    template <> \
    class fragment<accumulator, m, n, k, T, void> : public __warpgrade_fragment<T, T, count> {}; \
    __device__ __forceinline__ void load_matrix_sync( \
        fragment<accumulator, m, n, k, T>& f, const T* p, unsigned int stride, layout_t layout) { \
        R r[N]; \
        if (layout == mem_row_major) { \
            WARPGRADE_LOAD_##Kind##N("wmma.load.c.sync.aligned.row.m" #m "n" #n "k" #k "." ptx); \
        } else { \
            WARPGRADE_LOAD_##Kind##N("wmma.load.c.sync.aligned.col.m" #m "n" #n "k" #k "." ptx); \
        } \
        __warpgrade_unpack(f.x, r, N); \
    } \
    __device__ __forceinline__ void store_matrix_sync( \
        T* p, const fragment<accumulator, m, n, k, T>& f, unsigned int stride, layout_t layout) { \
        R r[N]; \
        __warpgrade_pack(r, f.x, N); \
        if (layout == mem_row_major) { \
            WARPGRADE_STORE_##Kind##N("wmma.store.d.sync.aligned.row.m" #m "n" #n "k" #k "." ptx); \
        } else { \
            WARPGRADE_STORE_##Kind##N("wmma.store.d.sync.aligned.col.m" #m "n" #n "k" #k "." ptx); \
        } \
    }

#define WARPGRADE_MMA(m, n, k, T, D, C, la, lb, words, types, Mode, R, nd, na, nb, nc) \
    __device__ __forceinline__ void mma_sync( \
        fragment<accumulator, m, n, k, D>& d, const fragment<matrix_a, m, n, k, T, la>& a, \
        const fragment<matrix_b, m, n, k, T, lb>& b, \
        const fragment<accumulator, m, n, k, C>& c WARPGRADE_PARAMETER_##Mode) { \
        R rd[nd], ra[na], rb[nb], rc[nc]; \
        __warpgrade_pack(ra, a.x, na); \
        __warpgrade_pack(rb, b.x, nb); \
        __warpgrade_pack(rc, c.x, nc); \
        WARPGRADE_##Mode(WARPGRADE_PASTE(nd, na, nb, nc), "wmma.mma.sync.aligned." words ".m" #m "n" #n "k" #k types) \
        __warpgrade_unpack(d.x, rd, nd); \
    }
#define WARPGRADE_PASTE(nd, na, nb, nc) WARPGRADE_PASTED(nd, na, nb, nc)
#define WARPGRADE_PASTED(nd, na, nb, nc) WARPGRADE_MMA_##nd##_##na##_##nb##_##nc
#define WARPGRADE_PARAMETER_ONCE
#define WARPGRADE_PARAMETER_CLAMP , bool satf = false
#define WARPGRADE_ONCE(mma, op) mma(op);
#define WARPGRADE_CLAMP(mma, op) \
    if (satf) { \
        mma(op ".satfinite"); \
    } else { \
        mma(op); \
    }
#define WARPGRADE_MMAS(m, n, k, T, D, C, types, Mode, R, nd, na, nb, nc) \
    WARPGRADE_MMA(m, n, k, T, D, C, row_major, row_major, "row.row", types, Mode, R, nd, na, nb, nc) \
    WARPGRADE_MMA(m, n, k, T, D, C, row_major, col_major, "row.col", types, Mode, R, nd, na, nb, nc) \
    WARPGRADE_MMA(m, n, k, T, D, C, col_major, row_major, "col.row", types, Mode, R, nd, na, nb, nc) \
    WARPGRADE_MMA(m, n, k, T, D, C, col_major, col_major, "col.col", types, Mode, R, nd, na, nb, nc)

// The shapes that are 16 deep. Halves have more registers than elements: some lanes hold the same ones.
#define WARPGRADE_SHAPE(m, n, bfA, bfB, byteA, byteB) \
    WARPGRADE_ACCUMULATOR(m, n, 16, __half, "f16", 8, unsigned int, R, 4) \
    WARPGRADE_ACCUMULATOR(m, n, 16, float, "f32", 8, unsigned int, R, 8) \
    WARPGRADE_ACCUMULATOR(m, n, 16, int, "s32", 8, unsigned int, R, 8) \
    WARPGRADE_OPERANDS(m, n, 16, __half, __half, "f16", 16, 16, unsigned int, R, 8, 8) \
    WARPGRADE_OPERANDS(m, n, 16, __nv_bfloat16, __nv_bfloat16, "bf16", 2 * bfA, 2 * bfB, unsigned int, R, bfA, bfB) \
    WARPGRADE_OPERANDS(m, n, 16, signed char, signed char, "s8", 4 * byteA, 4 * byteB, unsigned int, R, byteA, byteB) \
    WARPGRADE_OPERANDS( \
        m, n, 16, unsigned char, unsigned char, "u8", 4 * byteA, 4 * byteB, unsigned int, R, byteA, byteB) \
    WARPGRADE_MMAS(m, n, 16, __half, __half, __half, ".f16.f16", ONCE, unsigned int, 4, 8, 8, 4) \
    WARPGRADE_MMAS(m, n, 16, __half, float, float, ".f32.f32", ONCE, unsigned int, 8, 8, 8, 8) \
    WARPGRADE_MMAS(m, n, 16, __half, __half, float, ".f16.f32", ONCE, unsigned int, 4, 8, 8, 8) \
    WARPGRADE_MMAS(m, n, 16, __half, float, __half, ".f32.f16", ONCE, unsigned int, 8, 8, 8, 4) \
    WARPGRADE_MMAS(m, n, 16, __nv_bfloat16, float, float, ".f32.bf16.bf16.f32", ONCE, \
                   unsigned int, 8, bfA, bfB, 8) \
    WARPGRADE_MMAS(m, n, 16, signed char, int, int, ".s32.s8.s8.s32", CLAMP, unsigned int, \
                   8, byteA, byteB, 8) \
    WARPGRADE_MMAS(m, n, 16, unsigned char, int, int, ".s32.u8.u8.s32", CLAMP, \
                   unsigned int, 8, byteA, byteB, 8)

WARPGRADE_SHAPE(16, 16, 4, 4, 2, 2)
WARPGRADE_SHAPE(32, 8, 8, 2, 4, 1)
WARPGRADE_SHAPE(8, 32, 2, 8, 1, 4)

WARPGRADE_ACCUMULATOR(16, 16, 8, float, "f32", 8, unsigned int, R, 8)
WARPGRADE_OPERANDS(16, 16, 8, precision::tf32, float, "tf32", 4, 4, unsigned int, R, 4, 4)
WARPGRADE_MMAS(16, 16, 8, precision::tf32, float, float, ".f32.tf32.tf32.f32", ONCE,
               unsigned int, 8, 4, 4, 8)

WARPGRADE_ACCUMULATOR(8, 8, 4, double, "f64", 2, double, D, 2)
WARPGRADE_OPERANDS(8, 8, 4, double, double, "f64", 1, 1, double, D, 1, 1)
WARPGRADE_MMAS(8, 8, 4, double, double, double, ".f64.f64.f64.f64", ONCE,
               double, 2, 1, 1, 2)

}  // namespace wmma
}  // namespace nvcuda

#endif
