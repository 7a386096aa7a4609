package org.warpgrade.gpu.ptx.isa;

/**
 * Integer arithmetic: {@code add sub mul mad div rem abs neg min max sad}, saturation and carry chains.
 *
 * <p>16-bit values travel in the low half of an {@code int}: helpers ignore the upper half of what they get and return
 * it as zero. Signed and unsigned forms whose bits agree are both present, so that an executor can look an instruction
 * up by its own name.
 */
public final class IntegerMath {

    private IntegerMath() {}

    /** PTX ISA Integer Arithmetic Instructions, add: sum, wrapping. */
    public static int add_u16(int a, int b) {
        return (a + b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, add: sum, wrapping. */
    public static int add_s16(int a, int b) {
        return (a + b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, add: sum, wrapping. */
    public static int add_u32(int a, int b) {
        return a + b;
    }

    /** PTX ISA Integer Arithmetic Instructions, add: sum, wrapping. */
    public static int add_s32(int a, int b) {
        return a + b;
    }

    /** PTX ISA Integer Arithmetic Instructions, add: sum, wrapping. */
    public static long add_u64(long a, long b) {
        return a + b;
    }

    /** PTX ISA Integer Arithmetic Instructions, add: sum, wrapping. */
    public static long add_s64(long a, long b) {
        return a + b;
    }

    /** PTX ISA Integer Arithmetic Instructions, sub: difference, wrapping. */
    public static int sub_u16(int a, int b) {
        return (a - b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, sub: difference, wrapping. */
    public static int sub_s16(int a, int b) {
        return (a - b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, sub: difference, wrapping. */
    public static int sub_u32(int a, int b) {
        return a - b;
    }

    /** PTX ISA Integer Arithmetic Instructions, sub: difference, wrapping. */
    public static int sub_s32(int a, int b) {
        return a - b;
    }

    /** PTX ISA Integer Arithmetic Instructions, sub: difference, wrapping. */
    public static long sub_u64(long a, long b) {
        return a - b;
    }

    /** PTX ISA Integer Arithmetic Instructions, sub: difference, wrapping. */
    public static long sub_s64(long a, long b) {
        return a - b;
    }

    /** PTX ISA Integer Arithmetic Instructions, add: {@code .sat}: the sum clamped to the range of s32. */
    public static int add_sat_s32(int a, int b) {
        int sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a >> 31) ^ Integer.MAX_VALUE : sum;
    }

    /** PTX ISA Integer Arithmetic Instructions, sub: {@code .sat}: the difference clamped to the range of s32. */
    public static int sub_sat_s32(int a, int b) {
        int difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? (a >> 31) ^ Integer.MAX_VALUE : difference;
    }

    private static final long MASK32 = 0xFFFF_FFFFL;

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .lo}: lower half of the product. */
    public static int mul_lo_u16(int a, int b) {
        return (a * b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .lo}: lower half of the product. */
    public static int mul_lo_s16(int a, int b) {
        return (a * b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .lo}: lower half of the product. */
    public static int mul_lo_u32(int a, int b) {
        return a * b;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .lo}: lower half of the product. */
    public static int mul_lo_s32(int a, int b) {
        return a * b;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .lo}: lower half of the product. */
    public static long mul_lo_u64(long a, long b) {
        return a * b;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .lo}: lower half of the product. */
    public static long mul_lo_s64(long a, long b) {
        return a * b;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .hi}: upper half of the full product. */
    public static int mul_hi_u16(int a, int b) {
        return ((a & 0xFFFF) * (b & 0xFFFF)) >>> 16;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .hi}: upper half of the full product. */
    public static int mul_hi_s16(int a, int b) {
        return (((short) a * (short) b) >>> 16) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .hi}: upper half of the full product. */
    public static int mul_hi_u32(int a, int b) {
        return (int) (((a & MASK32) * (b & MASK32)) >>> 32);
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .hi}: upper half of the full product. */
    public static int mul_hi_s32(int a, int b) {
        return (int) (((long) a * b) >> 32);
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .hi}: upper half of the full product. */
    public static long mul_hi_u64(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .hi}: upper half of the full product. */
    public static long mul_hi_s64(long a, long b) {
        return Math.multiplyHigh(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .wide}: the full product, twice as wide. */
    public static int mul_wide_u16(int a, int b) {
        return (a & 0xFFFF) * (b & 0xFFFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .wide}: the full product, twice as wide. */
    public static int mul_wide_s16(int a, int b) {
        return (short) a * (short) b;
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .wide}: the full product, twice as wide. */
    public static long mul_wide_u32(int a, int b) {
        return (a & MASK32) * (b & MASK32);
    }

    /** PTX ISA Integer Arithmetic Instructions, mul: {@code .wide}: the full product, twice as wide. */
    public static long mul_wide_s32(int a, int b) {
        return (long) a * b;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .lo}: lower half of the product, plus c. */
    public static int mad_lo_u16(int a, int b, int c) {
        return (a * b + c) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .lo}: lower half of the product, plus c. */
    public static int mad_lo_s16(int a, int b, int c) {
        return (a * b + c) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .lo}: lower half of the product, plus c. */
    public static int mad_lo_u32(int a, int b, int c) {
        return a * b + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .lo}: lower half of the product, plus c. */
    public static int mad_lo_s32(int a, int b, int c) {
        return a * b + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .lo}: lower half of the product, plus c. */
    public static long mad_lo_u64(long a, long b, long c) {
        return a * b + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .lo}: lower half of the product, plus c. */
    public static long mad_lo_s64(long a, long b, long c) {
        return a * b + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .hi}: upper half of the product, plus c. */
    public static int mad_hi_u16(int a, int b, int c) {
        return (mul_hi_u16(a, b) + c) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .hi}: upper half of the product, plus c. */
    public static int mad_hi_s16(int a, int b, int c) {
        return (mul_hi_s16(a, b) + c) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .hi}: upper half of the product, plus c. */
    public static int mad_hi_u32(int a, int b, int c) {
        return mul_hi_u32(a, b) + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .hi}: upper half of the product, plus c. */
    public static int mad_hi_s32(int a, int b, int c) {
        return mul_hi_s32(a, b) + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .hi}: upper half of the product, plus c. */
    public static long mad_hi_u64(long a, long b, long c) {
        return mul_hi_u64(a, b) + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad: {@code .hi}: upper half of the product, plus c. */
    public static long mad_hi_s64(long a, long b, long c) {
        return mul_hi_s64(a, b) + c;
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, mad: {@code .wide}: the full product plus c, twice as wide as a and
     * b.
     */
    public static int mad_wide_u16(int a, int b, int c) {
        return (a & 0xFFFF) * (b & 0xFFFF) + c;
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, mad: {@code .wide}: the full product plus c, twice as wide as a and
     * b.
     */
    public static int mad_wide_s16(int a, int b, int c) {
        return (short) a * (short) b + c;
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, mad: {@code .wide}: the full product plus c, twice as wide as a and
     * b.
     */
    public static long mad_wide_u32(int a, int b, long c) {
        return (a & MASK32) * (b & MASK32) + c;
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, mad: {@code .wide}: the full product plus c, twice as wide as a and
     * b.
     */
    public static long mad_wide_s32(int a, int b, long c) {
        return (long) a * b + c;
    }

    /**
     * PTX ISA Integer Arithmetic Instructions, mad: {@code .hi.sat}: upper half of the product plus c, clamped to
     * s32.
     */
    public static int mad_hi_sat_s32(int a, int b, int c) {
        return add_sat_s32(mul_hi_s32(a, b), c);
    }

    /** PTX ISA Integer Arithmetic Instructions, mul24: {@code .lo}: bits 0-31 of the product of the low 24 bits. */
    public static int mul24_lo_u32(int a, int b) {
        return (int) ((a & 0xFFFFFFL) * (b & 0xFFFFFFL));
    }

    /** PTX ISA Integer Arithmetic Instructions, mul24: {@code .lo}: bits 0-31 of the product of the low 24 bits. */
    public static int mul24_lo_s32(int a, int b) {
        return (int) ((long) (a << 8 >> 8) * (b << 8 >> 8));
    }

    /** PTX ISA Integer Arithmetic Instructions, mul24: {@code .hi}: bits 16-47 of the product of the low 24 bits. */
    public static int mul24_hi_u32(int a, int b) {
        return (int) (((a & 0xFFFFFFL) * (b & 0xFFFFFFL)) >> 16);
    }

    /** PTX ISA Integer Arithmetic Instructions, mul24: {@code .hi}: bits 16-47 of the product of the low 24 bits. */
    public static int mul24_hi_s32(int a, int b) {
        return (int) (((long) (a << 8 >> 8) * (b << 8 >> 8)) >> 16);
    }

    /** PTX ISA Integer Arithmetic Instructions, mad24: {@code .lo}: {@code mul24.lo} plus c. */
    public static int mad24_lo_u32(int a, int b, int c) {
        return mul24_lo_u32(a, b) + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad24: {@code .lo}: {@code mul24.lo} plus c. */
    public static int mad24_lo_s32(int a, int b, int c) {
        return mul24_lo_s32(a, b) + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad24: {@code .hi}: {@code mul24.hi} plus c. */
    public static int mad24_hi_u32(int a, int b, int c) {
        return mul24_hi_u32(a, b) + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad24: {@code .hi}: {@code mul24.hi} plus c. */
    public static int mad24_hi_s32(int a, int b, int c) {
        return mul24_hi_s32(a, b) + c;
    }

    /** PTX ISA Integer Arithmetic Instructions, mad24: {@code .hi.sat}: {@code mul24.hi} plus c, clamped to s32. */
    public static int mad24_hi_sat_s32(int a, int b, int c) {
        return add_sat_s32(mul24_hi_s32(a, b), c);
    }

    /** PTX ISA Integer Arithmetic Instructions, div: quotient; by zero it is machine-specific, here all ones. */
    public static int div_u16(int a, int b) {
        return (b & 0xFFFF) == 0 ? 0xFFFF : (a & 0xFFFF) / (b & 0xFFFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, div: quotient; by zero it is machine-specific, here all ones. */
    public static int div_s16(int a, int b) {
        return (b & 0xFFFF) == 0 ? 0xFFFF : ((short) a / (short) b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, div: quotient; by zero it is machine-specific, here all ones. */
    public static int div_u32(int a, int b) {
        return b == 0 ? -1 : Integer.divideUnsigned(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, div: quotient; by zero it is machine-specific, here all ones. */
    public static int div_s32(int a, int b) {
        return b == 0 ? -1 : a / b;
    }

    /** PTX ISA Integer Arithmetic Instructions, div: quotient; by zero it is machine-specific, here all ones. */
    public static long div_u64(long a, long b) {
        return b == 0 ? -1 : Long.divideUnsigned(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, div: quotient; by zero it is machine-specific, here all ones. */
    public static long div_s64(long a, long b) {
        return b == 0 ? -1 : a / b;
    }

    /** PTX ISA Integer Arithmetic Instructions, rem: remainder; by zero it is machine-specific, here all ones. */
    public static int rem_u16(int a, int b) {
        return (b & 0xFFFF) == 0 ? 0xFFFF : (a & 0xFFFF) % (b & 0xFFFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, rem: remainder; by zero it is machine-specific, here all ones. */
    public static int rem_s16(int a, int b) {
        return (b & 0xFFFF) == 0 ? 0xFFFF : ((short) a % (short) b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, rem: remainder; by zero it is machine-specific, here all ones. */
    public static int rem_u32(int a, int b) {
        return b == 0 ? -1 : Integer.remainderUnsigned(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, rem: remainder; by zero it is machine-specific, here all ones. */
    public static int rem_s32(int a, int b) {
        return b == 0 ? -1 : a % b;
    }

    /** PTX ISA Integer Arithmetic Instructions, rem: remainder; by zero it is machine-specific, here all ones. */
    public static long rem_u64(long a, long b) {
        return b == 0 ? -1 : Long.remainderUnsigned(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, rem: remainder; by zero it is machine-specific, here all ones. */
    public static long rem_s64(long a, long b) {
        return b == 0 ? -1 : a % b;
    }

    /** PTX ISA Integer Arithmetic Instructions, abs: absolute value; of the least number, itself. */
    public static int abs_s16(int a) {
        return Math.abs((short) a) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, abs: absolute value; of the least number, itself. */
    public static int abs_s32(int a) {
        return a < 0 ? -a : a;
    }

    /** PTX ISA Integer Arithmetic Instructions, abs: absolute value; of the least number, itself. */
    public static long abs_s64(long a) {
        return a < 0 ? -a : a;
    }

    /** PTX ISA Integer Arithmetic Instructions, neg: zero minus a. */
    public static int neg_s16(int a) {
        return (-a) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, neg: zero minus a. */
    public static int neg_s32(int a) {
        return -a;
    }

    /** PTX ISA Integer Arithmetic Instructions, neg: zero minus a. */
    public static long neg_s64(long a) {
        return -a;
    }

    /** PTX ISA Integer Arithmetic Instructions, min: lesser of a and b. */
    public static int min_u16(int a, int b) {
        return Math.min(a & 0xFFFF, b & 0xFFFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, min: lesser of a and b. */
    public static int min_s16(int a, int b) {
        return Math.min((short) a, (short) b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, min: lesser of a and b. */
    public static int min_u32(int a, int b) {
        return a + Integer.MIN_VALUE < b + Integer.MIN_VALUE ? a : b;
    }

    /** PTX ISA Integer Arithmetic Instructions, min: lesser of a and b. */
    public static int min_s32(int a, int b) {
        return Math.min(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, min: lesser of a and b. */
    public static long min_u64(long a, long b) {
        return a + Long.MIN_VALUE < b + Long.MIN_VALUE ? a : b;
    }

    /** PTX ISA Integer Arithmetic Instructions, min: lesser of a and b. */
    public static long min_s64(long a, long b) {
        return Math.min(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, max: greater of a and b. */
    public static int max_u16(int a, int b) {
        return Math.max(a & 0xFFFF, b & 0xFFFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, max: greater of a and b. */
    public static int max_s16(int a, int b) {
        return Math.max((short) a, (short) b) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, max: greater of a and b. */
    public static int max_u32(int a, int b) {
        return a + Integer.MIN_VALUE > b + Integer.MIN_VALUE ? a : b;
    }

    /** PTX ISA Integer Arithmetic Instructions, max: greater of a and b. */
    public static int max_s32(int a, int b) {
        return Math.max(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, max: greater of a and b. */
    public static long max_u64(long a, long b) {
        return a + Long.MIN_VALUE > b + Long.MIN_VALUE ? a : b;
    }

    /** PTX ISA Integer Arithmetic Instructions, max: greater of a and b. */
    public static long max_s64(long a, long b) {
        return Math.max(a, b);
    }

    /** PTX ISA Integer Arithmetic Instructions, min: {@code .relu}: as without it, and negative results become zero. */
    public static int min_relu_s32(int a, int b) {
        return Math.max(Math.min(a, b), 0);
    }

    /** PTX ISA Integer Arithmetic Instructions, max: {@code .relu}: as without it, and negative results become zero. */
    public static int max_relu_s32(int a, int b) {
        return Math.max(Math.max(a, b), 0);
    }

    /** PTX ISA Integer Arithmetic Instructions, add: both 16-bit halves. */
    public static int add_u16x2(int a, int b) {
        return pack(add_u16(a, b), add_u16(a >>> 16, b >>> 16));
    }

    /** PTX ISA Integer Arithmetic Instructions, add: both 16-bit halves. */
    public static int add_s16x2(int a, int b) {
        return pack(add_s16(a, b), add_s16(a >>> 16, b >>> 16));
    }

    /** PTX ISA Integer Arithmetic Instructions, min: both 16-bit halves. */
    public static int min_u16x2(int a, int b) {
        return pack(min_u16(a, b), min_u16(a >>> 16, b >>> 16));
    }

    /** PTX ISA Integer Arithmetic Instructions, min: both 16-bit halves. */
    public static int min_s16x2(int a, int b) {
        return pack(min_s16(a, b), min_s16(a >>> 16, b >>> 16));
    }

    /** PTX ISA Integer Arithmetic Instructions, max: both 16-bit halves. */
    public static int max_u16x2(int a, int b) {
        return pack(max_u16(a, b), max_u16(a >>> 16, b >>> 16));
    }

    /** PTX ISA Integer Arithmetic Instructions, max: both 16-bit halves. */
    public static int max_s16x2(int a, int b) {
        return pack(max_s16(a, b), max_s16(a >>> 16, b >>> 16));
    }

    /** PTX ISA Integer Arithmetic Instructions, min: {@code .relu} of both 16-bit halves. */
    public static int min_relu_s16x2(int a, int b) {
        return pack(Math.max((short) min_s16(a, b), 0), Math.max((short) min_s16(a >>> 16, b >>> 16), 0));
    }

    /** PTX ISA Integer Arithmetic Instructions, max: {@code .relu} of both 16-bit halves. */
    public static int max_relu_s16x2(int a, int b) {
        return pack(Math.max((short) max_s16(a, b), 0), Math.max((short) max_s16(a >>> 16, b >>> 16), 0));
    }

    private static int pack(int low, int high) {
        return low | high << 16;
    }

    /** PTX ISA Integer Arithmetic Instructions, sad: c plus the absolute difference of a and b. */
    public static int sad_u16(int a, int b, int c) {
        return (c + Math.abs((a & 0xFFFF) - (b & 0xFFFF))) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, sad: c plus the absolute difference of a and b. */
    public static int sad_s16(int a, int b, int c) {
        return (c + Math.abs((short) a - (short) b)) & 0xFFFF;
    }

    /** PTX ISA Integer Arithmetic Instructions, sad: c plus the absolute difference of a and b. */
    public static int sad_u32(int a, int b, int c) {
        return c + (max_u32(a, b) - min_u32(a, b));
    }

    /** PTX ISA Integer Arithmetic Instructions, sad: c plus the absolute difference of a and b. */
    public static int sad_s32(int a, int b, int c) {
        return c + (max_s32(a, b) - min_s32(a, b));
    }

    /** PTX ISA Integer Arithmetic Instructions, sad: c plus the absolute difference of a and b. */
    public static long sad_u64(long a, long b, long c) {
        return c + (max_u64(a, b) - min_u64(a, b));
    }

    /** PTX ISA Integer Arithmetic Instructions, sad: c plus the absolute difference of a and b. */
    public static long sad_s64(long a, long b, long c) {
        return c + (max_s64(a, b) - min_s64(a, b));
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, addc: sum of a, b and the carry in (0 or 1);
     * {@code add.cc} passes 0.
     */
    public static int addc_u32(int a, int b, int carry) {
        return a + b + carry;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, addc: carry out (0 or 1) of {@code addc.cc};
     * {@code add.cc} passes carry 0.
     */
    public static int addc_carry_u32(int a, int b, int carry) {
        return ((a & b) | ((a | b) & ~(a + b + carry))) >>> 31;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, subc: a minus b minus the borrow in (0 or 1);
     * {@code sub.cc} passes 0.
     */
    public static int subc_u32(int a, int b, int borrow) {
        return a - b - borrow;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, subc: borrow out (0 or 1) of {@code subc.cc};
     * {@code sub.cc} passes borrow 0.
     */
    public static int subc_borrow_u32(int a, int b, int borrow) {
        return ((~a & b) | ((~a | b) & (a - b - borrow))) >>> 31;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: {@code mul.lo} plus c plus the carry in;
     * {@code mad.lo.cc} passes 0.
     */
    public static int madc_lo_u32(int a, int b, int c, int carry) {
        return mul_lo_u32(a, b) + c + carry;
    }

    /** PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: carry out (0 or 1) of {@code madc.lo.cc}. */
    public static int madc_lo_carry_u32(int a, int b, int c, int carry) {
        return addc_carry_u32(mul_lo_u32(a, b), c, carry);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: {@code mul.hi} plus c plus the carry in;
     * {@code mad.hi.cc} passes 0.
     */
    public static int madc_hi_u32(int a, int b, int c, int carry) {
        return mul_hi_u32(a, b) + c + carry;
    }

    /** PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: carry out (0 or 1) of {@code madc.hi.cc}. */
    public static int madc_hi_carry_u32(int a, int b, int c, int carry) {
        return addc_carry_u32(mul_hi_u32(a, b), c, carry);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, addc: sum of a, b and the carry in (0 or 1);
     * {@code add.cc} passes 0.
     */
    public static int addc_s32(int a, int b, int carry) {
        return a + b + carry;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, addc: carry out (0 or 1) of {@code addc.cc};
     * {@code add.cc} passes carry 0.
     */
    public static int addc_carry_s32(int a, int b, int carry) {
        return ((a & b) | ((a | b) & ~(a + b + carry))) >>> 31;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, subc: a minus b minus the borrow in (0 or 1);
     * {@code sub.cc} passes 0.
     */
    public static int subc_s32(int a, int b, int borrow) {
        return a - b - borrow;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, subc: borrow out (0 or 1) of {@code subc.cc};
     * {@code sub.cc} passes borrow 0.
     */
    public static int subc_borrow_s32(int a, int b, int borrow) {
        return ((~a & b) | ((~a | b) & (a - b - borrow))) >>> 31;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: {@code mul.lo} plus c plus the carry in;
     * {@code mad.lo.cc} passes 0.
     */
    public static int madc_lo_s32(int a, int b, int c, int carry) {
        return mul_lo_s32(a, b) + c + carry;
    }

    /** PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: carry out (0 or 1) of {@code madc.lo.cc}. */
    public static int madc_lo_carry_s32(int a, int b, int c, int carry) {
        return addc_carry_s32(mul_lo_s32(a, b), c, carry);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: {@code mul.hi} plus c plus the carry in;
     * {@code mad.hi.cc} passes 0.
     */
    public static int madc_hi_s32(int a, int b, int c, int carry) {
        return mul_hi_s32(a, b) + c + carry;
    }

    /** PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: carry out (0 or 1) of {@code madc.hi.cc}. */
    public static int madc_hi_carry_s32(int a, int b, int c, int carry) {
        return addc_carry_s32(mul_hi_s32(a, b), c, carry);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, addc: sum of a, b and the carry in (0 or 1);
     * {@code add.cc} passes 0.
     */
    public static long addc_u64(long a, long b, int carry) {
        return a + b + carry;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, addc: carry out (0 or 1) of {@code addc.cc};
     * {@code add.cc} passes carry 0.
     */
    public static int addc_carry_u64(long a, long b, int carry) {
        return (int) (((a & b) | ((a | b) & ~(a + b + carry))) >>> 63);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, subc: a minus b minus the borrow in (0 or 1);
     * {@code sub.cc} passes 0.
     */
    public static long subc_u64(long a, long b, int borrow) {
        return a - b - borrow;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, subc: borrow out (0 or 1) of {@code subc.cc};
     * {@code sub.cc} passes borrow 0.
     */
    public static int subc_borrow_u64(long a, long b, int borrow) {
        return (int) (((~a & b) | ((~a | b) & (a - b - borrow))) >>> 63);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: {@code mul.lo} plus c plus the carry in;
     * {@code mad.lo.cc} passes 0.
     */
    public static long madc_lo_u64(long a, long b, long c, int carry) {
        return mul_lo_u64(a, b) + c + carry;
    }

    /** PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: carry out (0 or 1) of {@code madc.lo.cc}. */
    public static int madc_lo_carry_u64(long a, long b, long c, int carry) {
        return addc_carry_u64(mul_lo_u64(a, b), c, carry);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: {@code mul.hi} plus c plus the carry in;
     * {@code mad.hi.cc} passes 0.
     */
    public static long madc_hi_u64(long a, long b, long c, int carry) {
        return mul_hi_u64(a, b) + c + carry;
    }

    /** PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: carry out (0 or 1) of {@code madc.hi.cc}. */
    public static int madc_hi_carry_u64(long a, long b, long c, int carry) {
        return addc_carry_u64(mul_hi_u64(a, b), c, carry);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, addc: sum of a, b and the carry in (0 or 1);
     * {@code add.cc} passes 0.
     */
    public static long addc_s64(long a, long b, int carry) {
        return a + b + carry;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, addc: carry out (0 or 1) of {@code addc.cc};
     * {@code add.cc} passes carry 0.
     */
    public static int addc_carry_s64(long a, long b, int carry) {
        return (int) (((a & b) | ((a | b) & ~(a + b + carry))) >>> 63);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, subc: a minus b minus the borrow in (0 or 1);
     * {@code sub.cc} passes 0.
     */
    public static long subc_s64(long a, long b, int borrow) {
        return a - b - borrow;
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, subc: borrow out (0 or 1) of {@code subc.cc};
     * {@code sub.cc} passes borrow 0.
     */
    public static int subc_borrow_s64(long a, long b, int borrow) {
        return (int) (((~a & b) | ((~a | b) & (a - b - borrow))) >>> 63);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: {@code mul.lo} plus c plus the carry in;
     * {@code mad.lo.cc} passes 0.
     */
    public static long madc_lo_s64(long a, long b, long c, int carry) {
        return mul_lo_s64(a, b) + c + carry;
    }

    /** PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: carry out (0 or 1) of {@code madc.lo.cc}. */
    public static int madc_lo_carry_s64(long a, long b, long c, int carry) {
        return addc_carry_s64(mul_lo_s64(a, b), c, carry);
    }

    /**
     * PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: {@code mul.hi} plus c plus the carry in;
     * {@code mad.hi.cc} passes 0.
     */
    public static long madc_hi_s64(long a, long b, long c, int carry) {
        return mul_hi_s64(a, b) + c + carry;
    }

    /** PTX ISA Extended-Precision Integer Arithmetic Instructions, madc: carry out (0 or 1) of {@code madc.hi.cc}. */
    public static int madc_hi_carry_s64(long a, long b, long c, int carry) {
        return addc_carry_s64(mul_hi_s64(a, b), c, carry);
    }
}
