package org.warpgrade.gpu.ptx.isa;

/**
 * Logic, shifts, bit fields, counting and byte permutation.
 *
 * <p>16-bit values travel in the low half of an {@code int} with the upper half zero; predicates are booleans.
 */
public final class BitMath {

    private BitMath() {}

    /** PTX ISA Logic and Shift Instructions, and: of predicates. */
    public static boolean and_pred(boolean a, boolean b) {
        return a & b;
    }

    /** PTX ISA Logic and Shift Instructions, and: bitwise. */
    public static int and_b16(int a, int b) {
        return (a & b) & 0xFFFF;
    }

    /** PTX ISA Logic and Shift Instructions, and: bitwise. */
    public static int and_b32(int a, int b) {
        return a & b;
    }

    /** PTX ISA Logic and Shift Instructions, and: bitwise. */
    public static long and_b64(long a, long b) {
        return a & b;
    }

    /** PTX ISA Logic and Shift Instructions, or: of predicates. */
    public static boolean or_pred(boolean a, boolean b) {
        return a | b;
    }

    /** PTX ISA Logic and Shift Instructions, or: bitwise. */
    public static int or_b16(int a, int b) {
        return (a | b) & 0xFFFF;
    }

    /** PTX ISA Logic and Shift Instructions, or: bitwise. */
    public static int or_b32(int a, int b) {
        return a | b;
    }

    /** PTX ISA Logic and Shift Instructions, or: bitwise. */
    public static long or_b64(long a, long b) {
        return a | b;
    }

    /** PTX ISA Logic and Shift Instructions, xor: of predicates. */
    public static boolean xor_pred(boolean a, boolean b) {
        return a ^ b;
    }

    /** PTX ISA Logic and Shift Instructions, xor: bitwise. */
    public static int xor_b16(int a, int b) {
        return (a ^ b) & 0xFFFF;
    }

    /** PTX ISA Logic and Shift Instructions, xor: bitwise. */
    public static int xor_b32(int a, int b) {
        return a ^ b;
    }

    /** PTX ISA Logic and Shift Instructions, xor: bitwise. */
    public static long xor_b64(long a, long b) {
        return a ^ b;
    }

    /** PTX ISA Logic and Shift Instructions, not: of a predicate. */
    public static boolean not_pred(boolean a) {
        return !a;
    }

    /** PTX ISA Logic and Shift Instructions, not: bitwise complement. */
    public static int not_b16(int a) {
        return (~a) & 0xFFFF;
    }

    /** PTX ISA Logic and Shift Instructions, not: bitwise complement. */
    public static int not_b32(int a) {
        return ~a;
    }

    /** PTX ISA Logic and Shift Instructions, not: bitwise complement. */
    public static long not_b64(long a) {
        return ~a;
    }

    /** PTX ISA Logic and Shift Instructions, cnot: 1 if a is 0, else 0. */
    public static int cnot_b16(int a) {
        return (a & 0xFFFF) == 0 ? 1 : 0;
    }

    /** PTX ISA Logic and Shift Instructions, cnot: 1 if a is 0, else 0. */
    public static int cnot_b32(int a) {
        return a == 0 ? 1 : 0;
    }

    /** PTX ISA Logic and Shift Instructions, cnot: 1 if a is 0, else 0. */
    public static long cnot_b64(long a) {
        return a == 0 ? 1 : 0;
    }

    /** PTX ISA Logic and Shift Instructions, shl: left shift; 16 and more (unsigned) shift everything out. */
    public static int shl_b16(int a, int amount) {
        return (amount & ~15) != 0 ? 0 : (a << amount) & 0xFFFF;
    }

    /** PTX ISA Logic and Shift Instructions, shl: left shift; 32 and more (unsigned) shift everything out. */
    public static int shl_b32(int a, int amount) {
        return (amount & ~31) != 0 ? 0 : a << amount;
    }

    /** PTX ISA Logic and Shift Instructions, shl: left shift; 64 and more (unsigned) shift everything out. */
    public static long shl_b64(long a, int amount) {
        return (amount & ~63) != 0 ? 0 : a << amount;
    }

    /** PTX ISA Logic and Shift Instructions, shr: right shift filled with zeros; 16 and more (unsigned) give 0. */
    public static int shr_b16(int a, int amount) {
        return (amount & ~15) != 0 ? 0 : (a & 0xFFFF) >>> amount;
    }

    /** PTX ISA Logic and Shift Instructions, shr: right shift filled with zeros; 16 and more (unsigned) give 0. */
    public static int shr_u16(int a, int amount) {
        return (amount & ~15) != 0 ? 0 : (a & 0xFFFF) >>> amount;
    }

    /**
     * PTX ISA Logic and Shift Instructions, shr: right shift filled with the sign; 16 and more (unsigned) act as
     * 15.
     */
    public static int shr_s16(int a, int amount) {
        return ((short) a >> ((amount & ~15) != 0 ? 15 : amount)) & 0xFFFF;
    }

    /** PTX ISA Logic and Shift Instructions, shr: right shift filled with zeros; 32 and more (unsigned) give 0. */
    public static int shr_b32(int a, int amount) {
        return (amount & ~31) != 0 ? 0 : a >>> amount;
    }

    /** PTX ISA Logic and Shift Instructions, shr: right shift filled with zeros; 32 and more (unsigned) give 0. */
    public static int shr_u32(int a, int amount) {
        return (amount & ~31) != 0 ? 0 : a >>> amount;
    }

    /**
     * PTX ISA Logic and Shift Instructions, shr: right shift filled with the sign; 32 and more (unsigned) act as
     * 31.
     */
    public static int shr_s32(int a, int amount) {
        return a >> ((amount & ~31) != 0 ? 31 : amount);
    }

    /** PTX ISA Logic and Shift Instructions, shr: right shift filled with zeros; 64 and more (unsigned) give 0. */
    public static long shr_b64(long a, int amount) {
        return (amount & ~63) != 0 ? 0 : a >>> amount;
    }

    /** PTX ISA Logic and Shift Instructions, shr: right shift filled with zeros; 64 and more (unsigned) give 0. */
    public static long shr_u64(long a, int amount) {
        return (amount & ~63) != 0 ? 0 : a >>> amount;
    }

    /**
     * PTX ISA Logic and Shift Instructions, shr: right shift filled with the sign; 64 and more (unsigned) act as
     * 63.
     */
    public static long shr_s64(long a, int amount) {
        return a >> ((amount & ~63) != 0 ? 63 : amount);
    }

    /**
     * PTX ISA Logic and Shift Instructions, shf: {@code .l.wrap}: upper word of (b:a) shifted left by the amount
     * modulo 32.
     */
    public static int shf_l_wrap_b32(int a, int b, int amount) {
        return (int) (((long) b << 32 | (a & 0xFFFF_FFFFL)) << (amount & 31) >>> 32);
    }

    /** PTX ISA Logic and Shift Instructions, shf: {@code .l.clamp}: upper word of (b:a) shifted left by at most 32. */
    public static int shf_l_clamp_b32(int a, int b, int amount) {
        return (amount & ~31) != 0 ? a : shf_l_wrap_b32(a, b, amount);
    }

    /**
     * PTX ISA Logic and Shift Instructions, shf: {@code .r.wrap}: lower word of (b:a) shifted right by the amount
     * modulo 32.
     */
    public static int shf_r_wrap_b32(int a, int b, int amount) {
        return (int) (((long) b << 32 | (a & 0xFFFF_FFFFL)) >>> (amount & 31));
    }

    /** PTX ISA Logic and Shift Instructions, shf: {@code .r.clamp}: lower word of (b:a) shifted right by at most 32. */
    public static int shf_r_clamp_b32(int a, int b, int amount) {
        return (amount & ~31) != 0 ? b : shf_r_wrap_b32(a, b, amount);
    }

    /**
     * PTX ISA Logic and Shift Instructions, lop3: any logic function of three inputs; lut bit (4a + 2b + c) is its
     * value.
     */
    public static int lop3_b32(int a, int b, int c, int lut) {
        int result = 0;
        if ((lut & 0x01) != 0) {
            result |= ~a & ~b & ~c;
        }
        if ((lut & 0x02) != 0) {
            result |= ~a & ~b & c;
        }
        if ((lut & 0x04) != 0) {
            result |= ~a & b & ~c;
        }
        if ((lut & 0x08) != 0) {
            result |= ~a & b & c;
        }
        if ((lut & 0x10) != 0) {
            result |= a & ~b & ~c;
        }
        if ((lut & 0x20) != 0) {
            result |= a & ~b & c;
        }
        if ((lut & 0x40) != 0) {
            result |= a & b & ~c;
        }
        if ((lut & 0x80) != 0) {
            result |= a & b & c;
        }
        return result;
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfe: field of a at bit pos (0-255) of len bits (0-255), zero-
     * extended.
     */
    public static int bfe_u32(int a, int pos, int len) {
        int start = pos & 0xFF;
        int width = len & 0xFF;
        if (start > 31) {
            return 0;
        }
        int field = a >>> start;
        return width > 31 ? field : field & ((1 << width) - 1);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfe: field of a at bit pos (0-255) of len bits (0-255), sign-
     * extended.
     */
    public static int bfe_s32(int a, int pos, int len) {
        int start = pos & 0xFF;
        int width = len & 0xFF;
        if (width == 0) {
            return 0;
        }
        if (start + width > 31) {
            return a >> Math.min(start, 31);
        }
        return a << (32 - start - width) >> (32 - width);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfi: b with its field at bit pos (0-255) of len bits (0-255)
     * replaced by the low bits of a.
     */
    public static int bfi_b32(int a, int b, int pos, int len) {
        int start = pos & 0xFF;
        int width = len & 0xFF;
        if (start > 31) {
            return b;
        }
        int mask = (width > 31 ? -1 : (1 << width) - 1) << start;
        return (b & ~mask) | (a << start & mask);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfe: field of a at bit pos (0-255) of len bits (0-255), zero-
     * extended.
     */
    public static long bfe_u64(long a, int pos, int len) {
        int start = pos & 0xFF;
        int width = len & 0xFF;
        if (start > 63) {
            return 0;
        }
        long field = a >>> start;
        return width > 63 ? field : field & ((1L << width) - 1);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfe: field of a at bit pos (0-255) of len bits (0-255), sign-
     * extended.
     */
    public static long bfe_s64(long a, int pos, int len) {
        int start = pos & 0xFF;
        int width = len & 0xFF;
        if (width == 0) {
            return 0;
        }
        if (start + width > 63) {
            return a >> Math.min(start, 63);
        }
        return a << (64 - start - width) >> (64 - width);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfi: b with its field at bit pos (0-255) of len bits (0-255)
     * replaced by the low bits of a.
     */
    public static long bfi_b64(long a, long b, int pos, int len) {
        int start = pos & 0xFF;
        int width = len & 0xFF;
        if (start > 63) {
            return b;
        }
        long mask = (width > 63 ? -1 : (1L << width) - 1) << start;
        return (b & ~mask) | (a << start & mask);
    }

    /** PTX ISA Integer Arithmetic Instructions, bfind: position of the most significant one bit, -1 if none. */
    public static int bfind_u32(int a) {
        return 31 - Integer.numberOfLeadingZeros(a);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfind: {@code .shiftamt}: left shift that brings that bit to the
     * top, -1 if none.
     */
    public static int bfind_shiftamt_u32(int a) {
        int zeros = Integer.numberOfLeadingZeros(a);
        return zeros == 32 ? -1 : zeros;
    }

    /** PTX ISA Integer Arithmetic Instructions, bfind: position of the most significant non-sign bit, -1 if none. */
    public static int bfind_s32(int a) {
        return 31 - Integer.numberOfLeadingZeros(a ^ a >> 31);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfind: {@code .shiftamt}: left shift that brings that bit to the
     * top, -1 if none.
     */
    public static int bfind_shiftamt_s32(int a) {
        int zeros = Integer.numberOfLeadingZeros(a ^ a >> 31);
        return zeros == 32 ? -1 : zeros;
    }

    /** PTX ISA Integer Arithmetic Instructions, bfind: position of the most significant one bit, -1 if none. */
    public static int bfind_u64(long a) {
        return 63 - Long.numberOfLeadingZeros(a);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfind: {@code .shiftamt}: left shift that brings that bit to the
     * top, -1 if none.
     */
    public static int bfind_shiftamt_u64(long a) {
        int zeros = Long.numberOfLeadingZeros(a);
        return zeros == 64 ? -1 : zeros;
    }

    /** PTX ISA Integer Arithmetic Instructions, bfind: position of the most significant non-sign bit, -1 if none. */
    public static int bfind_s64(long a) {
        return 63 - Long.numberOfLeadingZeros(a ^ a >> 63);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bfind: {@code .shiftamt}: left shift that brings that bit to the
     * top, -1 if none.
     */
    public static int bfind_shiftamt_s64(long a) {
        int zeros = Long.numberOfLeadingZeros(a ^ a >> 63);
        return zeros == 64 ? -1 : zeros;
    }

    /** PTX ISA Integer Arithmetic Instructions, brev: bits in reverse order. */
    public static int brev_b32(int a) {
        return Integer.reverse(a);
    }

    /** PTX ISA Integer Arithmetic Instructions, popc: number of one bits. */
    public static int popc_b32(int a) {
        return Integer.bitCount(a);
    }

    /** PTX ISA Integer Arithmetic Instructions, clz: number of leading zeros, 32 for 0. */
    public static int clz_b32(int a) {
        return Integer.numberOfLeadingZeros(a);
    }

    /** PTX ISA Integer Arithmetic Instructions, brev: bits in reverse order. */
    public static long brev_b64(long a) {
        return Long.reverse(a);
    }

    /** PTX ISA Integer Arithmetic Instructions, popc: number of one bits. */
    public static int popc_b64(long a) {
        return Long.bitCount(a);
    }

    /** PTX ISA Integer Arithmetic Instructions, clz: number of leading zeros, 64 for 0. */
    public static int clz_b64(long a) {
        return Long.numberOfLeadingZeros(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, prmt: each nibble of c picks a byte of (b:a); its top bit
     * replicates that byte's sign.
     */
    public static int prmt_b32(int a, int b, int c) {
        return pick(a, b, c) | pick(a, b, c >> 4) << 8 | pick(a, b, c >> 8) << 16 | pick(a, b, c >> 12) << 24;
    }

    private static int pick(int a, int b, int selector) {
        int picked = ((selector & 4) == 0 ? a : b) >> ((selector & 3) << 3);
        return (selector & 8) == 0 ? picked & 0xFF : (byte) picked >> 7 & 0xFF;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, prmt: {@code .f4e} (forward 4 extract), by the low two
     * bits of c.
     */
    public static int prmt_b32_f4e(int a, int b, int c) {
        return prmt_b32(a, b, (int) (0x6543_5432_4321_3210L >>> ((c & 3) << 4)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, prmt: {@code .b4e} (backward 4 extract), by the low two
     * bits of c.
     */
    public static int prmt_b32_b4e(int a, int b, int c) {
        return prmt_b32(a, b, (int) (0x0123_7012_6701_5670L >>> ((c & 3) << 4)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, prmt: {@code .rc8} (replicate 8), by the low two bits of
     * c.
     */
    public static int prmt_b32_rc8(int a, int b, int c) {
        return prmt_b32(a, b, (int) (0x3333_2222_1111_0000L >>> ((c & 3) << 4)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, prmt: {@code .ecl} (edge clamp left), by the low two bits
     * of c.
     */
    public static int prmt_b32_ecl(int a, int b, int c) {
        return prmt_b32(a, b, (int) (0x3333_3222_3211_3210L >>> ((c & 3) << 4)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, prmt: {@code .ecr} (edge clamp right), by the low two bits
     * of c.
     */
    public static int prmt_b32_ecr(int a, int b, int c) {
        return prmt_b32(a, b, (int) (0x3210_2210_1110_0000L >>> ((c & 3) << 4)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, prmt: {@code .rc16} (replicate 16), by the low two bits of
     * c.
     */
    public static int prmt_b32_rc16(int a, int b, int c) {
        return prmt_b32(a, b, (int) (0x3232_1010_3232_1010L >>> ((c & 3) << 4)));
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, bmsk: {@code .clamp}: ones in len bits from bit pos; both at most
     * 32.
     */
    public static int bmsk_clamp_b32(int pos, int len) {
        if ((pos & ~31) != 0) {
            return 0;
        }
        return ((len & ~31) != 0 ? -1 : (1 << len) - 1) << pos;
    }

    /** PTX ISA Integer Arithmetic Instructions, bmsk: {@code .wrap}: ones in len bits from bit pos; both modulo 32. */
    public static int bmsk_wrap_b32(int pos, int len) {
        return ((1 << (len & 31)) - 1) << (pos & 31);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, szext: {@code .clamp}: the low bits of a, as many as the width (at
     * most 32), zero-extended.
     */
    public static int szext_clamp_u32(int a, int width) {
        if ((width & ~31) != 0) {
            return a;
        }
        return width == 0 ? 0 : a << (32 - width) >>> (32 - width);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, szext: {@code .clamp}: the low bits of a, as many as the width (at
     * most 32), sign-extended.
     */
    public static int szext_clamp_s32(int a, int width) {
        if ((width & ~31) != 0) {
            return a;
        }
        return width == 0 ? 0 : a << (32 - width) >> (32 - width);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, szext: {@code .wrap}: the low bits of a, as many as the width modulo
     * 32, zero-extended.
     */
    public static int szext_wrap_u32(int a, int width) {
        int bits = width & 31;
        return bits == 0 ? 0 : a << (32 - bits) >>> (32 - bits);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, szext: {@code .wrap}: the low bits of a, as many as the width modulo
     * 32, sign-extended.
     */
    public static int szext_wrap_s32(int a, int width) {
        int bits = width & 31;
        return bits == 0 ? 0 : a << (32 - bits) >> (32 - bits);
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, fns: position of the n-th set bit of the mask from base, upwards or
     * downwards; -1 if none.
     */
    public static int fns_b32(int mask, int base, int n) {
        if (n == 0) {
            return (base & ~31) == 0 && (mask >>> base & 1) != 0 ? base : -1;
        }
        int step = n > 0 ? 1 : -1;
        int left = Math.abs(n);
        for (int bit = base; (bit & ~31) == 0; bit += step) {
            left -= mask >>> bit & 1;
            if (left == 0) {
                return bit;
            }
        }
        return -1;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static int slct_b16_s32(int a, int b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static int slct_b16_f32(int a, int b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static int slct_u16_s32(int a, int b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static int slct_u16_f32(int a, int b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static int slct_s16_s32(int a, int b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static int slct_s16_f32(int a, int b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static int slct_b32_s32(int a, int b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static int slct_b32_f32(int a, int b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static int slct_u32_s32(int a, int b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static int slct_u32_f32(int a, int b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static int slct_s32_s32(int a, int b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static int slct_s32_f32(int a, int b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static long slct_b64_s32(long a, long b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static long slct_b64_f32(long a, long b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static long slct_u64_s32(long a, long b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static long slct_u64_f32(long a, long b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static long slct_s64_s32(long a, long b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static long slct_s64_f32(long a, long b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static float slct_f32_s32(float a, float b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static float slct_f32_f32(float a, float b, float c) {
        return c >= 0 ? a : b;
    }

    /** PTX ISA Comparison and Selection Instructions, slct: a if c is not negative, else b. */
    public static double slct_f64_s32(double a, double b, int c) {
        return c >= 0 ? a : b;
    }

    /**
     * PTX ISA Comparison and Selection Instructions, slct: a if c is at least zero (-0 is), else b, also if c is
     * NaN.
     */
    public static double slct_f64_f32(double a, double b, float c) {
        return c >= 0 ? a : b;
    }

    /** Arrivals still awaited in an {@code mbarrier} state, which holds them in its low 20 bits (opaque in PTX). */
    public static int mbarrier_pending_count_b64(long state) {
        return (int) (state & 0xFFFFF);
    }
}
