package org.warpgrade.gpu.ptx.isa;

/**
 * Single precision arithmetic with all four rounding modes.
 *
 * <p>Helpers never flush subnormals and never saturate: an executor applies {@link #ftz_f32} to inputs and result and
 * then {@link #sat_f32}. Arithmetic whose result is NaN keeps the payload that the host gives; executors that need the
 * hardware's bits (a store, {@code mov.b32}) apply {@link #canonical_f32} to what arithmetic produced.
 */
public final class FloatMath {

    private FloatMath() {}

    private static final float CANONICAL_NAN = Float.intBitsToFloat(0x7FFF_FFFF);

    /** PTX ISA Floating Point Instructions, add: rounded to nearest even. */
    public static float add_rn_f32(float a, float b) {
        return a + b;
    }

    /** PTX ISA Floating Point Instructions, sub: rounded to nearest even. */
    public static float sub_rn_f32(float a, float b) {
        return a - b;
    }

    /** PTX ISA Floating Point Instructions, mul: rounded to nearest even. */
    public static float mul_rn_f32(float a, float b) {
        return a * b;
    }

    /** PTX ISA Floating Point Instructions, fma: one rounding, rounded to nearest even. */
    public static float fma_rn_f32(float a, float b, float c) {
        return Math.fma(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, div: rounded to nearest even. */
    public static float div_rn_f32(float a, float b) {
        return a / b;
    }

    /** PTX ISA Floating Point Instructions, rcp: rounded to nearest even. */
    public static float rcp_rn_f32(float a) {
        return 1.0f / a;
    }

    /** PTX ISA Floating Point Instructions, sqrt: rounded to nearest even. */
    public static float sqrt_rn_f32(float a) {
        return (float) Math.sqrt(a);
    }

    /** PTX ISA Floating Point Instructions, add: rounded towards zero. */
    public static float add_rz_f32(float a, float b) {
        double sum = (double) a + b;
        return Rounding.towardsZero(sum, Rounding.restOfSum(a, b, sum));
    }

    /** PTX ISA Floating Point Instructions, sub: rounded towards zero. */
    public static float sub_rz_f32(float a, float b) {
        return add_rz_f32(a, -b);
    }

    /** PTX ISA Floating Point Instructions, mul: rounded towards zero. */
    public static float mul_rz_f32(float a, float b) {
        return Rounding.towardsZero((double) a * b, 0);
    }

    /** PTX ISA Floating Point Instructions, fma: one rounding, rounded towards zero. */
    public static float fma_rz_f32(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        return Rounding.towardsZero(sum, Rounding.restOfSum(product, c, sum));
    }

    /** PTX ISA Floating Point Instructions, div: rounded towards zero. */
    public static float div_rz_f32(float a, float b) {
        double quotient = (double) a / b;
        double remainder = Math.fma(-quotient, b, a);
        return Rounding.towardsZero(quotient, b < 0 ? -remainder : remainder);
    }

    /** PTX ISA Floating Point Instructions, rcp: rounded towards zero. */
    public static float rcp_rz_f32(float a) {
        return div_rz_f32(1, a);
    }

    /** PTX ISA Floating Point Instructions, sqrt: rounded towards zero. */
    public static float sqrt_rz_f32(float a) {
        double root = Math.sqrt(a);
        return Rounding.towardsZero(root, Math.fma(-root, root, a));
    }

    /** PTX ISA Floating Point Instructions, add: rounded down. */
    public static float add_rm_f32(float a, float b) {
        double sum = (double) a + b;
        if (sum == 0) {
            return zeroSum(a, b);
        }
        return Rounding.down(sum, Rounding.restOfSum(a, b, sum));
    }

    /** PTX ISA Floating Point Instructions, sub: rounded down. */
    public static float sub_rm_f32(float a, float b) {
        return add_rm_f32(a, -b);
    }

    /** PTX ISA Floating Point Instructions, mul: rounded down. */
    public static float mul_rm_f32(float a, float b) {
        return Rounding.down((double) a * b, 0);
    }

    /** PTX ISA Floating Point Instructions, fma: one rounding, rounded down. */
    public static float fma_rm_f32(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        if (sum == 0) {
            return zeroSum(product, c);
        }
        return Rounding.down(sum, Rounding.restOfSum(product, c, sum));
    }

    /** PTX ISA Floating Point Instructions, div: rounded down. */
    public static float div_rm_f32(float a, float b) {
        double quotient = (double) a / b;
        double remainder = Math.fma(-quotient, b, a);
        return Rounding.down(quotient, b < 0 ? -remainder : remainder);
    }

    /** PTX ISA Floating Point Instructions, rcp: rounded down. */
    public static float rcp_rm_f32(float a) {
        return div_rm_f32(1, a);
    }

    /** PTX ISA Floating Point Instructions, sqrt: rounded down. */
    public static float sqrt_rm_f32(float a) {
        double root = Math.sqrt(a);
        return Rounding.down(root, Math.fma(-root, root, a));
    }

    /** PTX ISA Floating Point Instructions, add: rounded up. */
    public static float add_rp_f32(float a, float b) {
        double sum = (double) a + b;
        return Rounding.up(sum, Rounding.restOfSum(a, b, sum));
    }

    /** PTX ISA Floating Point Instructions, sub: rounded up. */
    public static float sub_rp_f32(float a, float b) {
        return add_rp_f32(a, -b);
    }

    /** PTX ISA Floating Point Instructions, mul: rounded up. */
    public static float mul_rp_f32(float a, float b) {
        return Rounding.up((double) a * b, 0);
    }

    /** PTX ISA Floating Point Instructions, fma: one rounding, rounded up. */
    public static float fma_rp_f32(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        return Rounding.up(sum, Rounding.restOfSum(product, c, sum));
    }

    /** PTX ISA Floating Point Instructions, div: rounded up. */
    public static float div_rp_f32(float a, float b) {
        double quotient = (double) a / b;
        double remainder = Math.fma(-quotient, b, a);
        return Rounding.up(quotient, b < 0 ? -remainder : remainder);
    }

    /** PTX ISA Floating Point Instructions, rcp: rounded up. */
    public static float rcp_rp_f32(float a) {
        return div_rp_f32(1, a);
    }

    /** PTX ISA Floating Point Instructions, sqrt: rounded up. */
    public static float sqrt_rp_f32(float a) {
        double root = Math.sqrt(a);
        return Rounding.up(root, Math.fma(-root, root, a));
    }

    /** An exact zero sum is -0 when rounded down, unless both terms are +0. */
    private static float zeroSum(double a, double b) {
        return Double.doubleToRawLongBits(a) == 0 && Double.doubleToRawLongBits(b) == 0 ? 0.0f : -0.0f;
    }

    /** PTX ISA Floating Point Instructions, mad: {@code fma} under its older name. */
    public static float mad_rn_f32(float a, float b, float c) {
        return fma_rn_f32(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, mad: {@code fma} under its older name. */
    public static float mad_rz_f32(float a, float b, float c) {
        return fma_rz_f32(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, mad: {@code fma} under its older name. */
    public static float mad_rm_f32(float a, float b, float c) {
        return fma_rm_f32(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, mad: {@code fma} under its older name. */
    public static float mad_rp_f32(float a, float b, float c) {
        return fma_rp_f32(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, neg: sign inverted; the NaN is unspecified. */
    public static float neg_f32(float a) {
        return -a;
    }

    /** PTX ISA Floating Point Instructions, abs: sign cleared; the NaN is unspecified. */
    public static float abs_f32(float a) {
        return Math.abs(a);
    }

    /** PTX ISA Floating Point Instructions, copysign: b with the sign of a. */
    public static float copysign_f32(float a, float b) {
        int sign = Float.floatToRawIntBits(a) & 0x8000_0000;
        return Float.intBitsToFloat(sign | (Float.floatToRawIntBits(b) & 0x7FFF_FFFF));
    }

    /**
     * PTX ISA Floating Point Instructions, min: lesser value; a NaN loses to a number, two give the canonical NaN;
     * -0 is below +0.
     */
    public static float min_f32(float a, float b) {
        float chosen = Math.min(a, b);
        return chosen == chosen ? chosen : numberOf(a, b);
    }

    /**
     * PTX ISA Floating Point Instructions, max: greater value; a NaN loses to a number, two give the canonical NaN;
     * -0 is below +0.
     */
    public static float max_f32(float a, float b) {
        float chosen = Math.max(a, b);
        return chosen == chosen ? chosen : numberOf(a, b);
    }

    /** PTX ISA Floating Point Instructions, min: {@code .NaN}: lesser value; any NaN gives the canonical NaN. */
    public static float min_NaN_f32(float a, float b) {
        return canonical_f32(Math.min(a, b));
    }

    /**
     * PTX ISA Floating Point Instructions, min: {@code .xorsign.abs}: lesser magnitude with the product of the
     * signs.
     */
    public static float min_xorsign_abs_f32(float a, float b) {
        float magnitude = min_f32(Math.abs(a), Math.abs(b));
        return magnitude != magnitude ? magnitude : withSign(magnitude, a, b);
    }

    /**
     * PTX ISA Floating Point Instructions, min: {@code .NaN.xorsign.abs}: lesser magnitude with the product of the
     * signs.
     */
    public static float min_NaN_xorsign_abs_f32(float a, float b) {
        float magnitude = min_NaN_f32(Math.abs(a), Math.abs(b));
        return magnitude != magnitude ? magnitude : withSign(magnitude, a, b);
    }

    /** PTX ISA Floating Point Instructions, max: {@code .NaN}: greater value; any NaN gives the canonical NaN. */
    public static float max_NaN_f32(float a, float b) {
        return canonical_f32(Math.max(a, b));
    }

    /**
     * PTX ISA Floating Point Instructions, max: {@code .xorsign.abs}: greater magnitude with the product of the
     * signs.
     */
    public static float max_xorsign_abs_f32(float a, float b) {
        float magnitude = max_f32(Math.abs(a), Math.abs(b));
        return magnitude != magnitude ? magnitude : withSign(magnitude, a, b);
    }

    /**
     * PTX ISA Floating Point Instructions, max: {@code .NaN.xorsign.abs}: greater magnitude with the product of the
     * signs.
     */
    public static float max_NaN_xorsign_abs_f32(float a, float b) {
        float magnitude = max_NaN_f32(Math.abs(a), Math.abs(b));
        return magnitude != magnitude ? magnitude : withSign(magnitude, a, b);
    }

    /** PTX ISA Floating Point Instructions, min: three inputs, least value, NaN ignored. */
    public static float min3_f32(float a, float b, float c) {
        return min_f32(min_f32(a, b), c);
    }

    /** PTX ISA Floating Point Instructions, min: three inputs, least value; any NaN gives the canonical NaN. */
    public static float min3_NaN_f32(float a, float b, float c) {
        return min_NaN_f32(min_NaN_f32(a, b), c);
    }

    /** PTX ISA Floating Point Instructions, max: three inputs, greatest value, NaN ignored. */
    public static float max3_f32(float a, float b, float c) {
        return max_f32(max_f32(a, b), c);
    }

    /** PTX ISA Floating Point Instructions, max: three inputs, greatest value; any NaN gives the canonical NaN. */
    public static float max3_NaN_f32(float a, float b, float c) {
        return max_NaN_f32(max_NaN_f32(a, b), c);
    }

    private static float withSign(float magnitude, float a, float b) {
        int sign = (Float.floatToRawIntBits(a) ^ Float.floatToRawIntBits(b)) & 0x8000_0000;
        return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | sign);
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is not infinite and not NaN. */
    public static boolean testp_finite_f32(float a) {
        return Math.abs(a) <= Float.MAX_VALUE;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is an infinity. */
    public static boolean testp_infinite_f32(float a) {
        return Math.abs(a) > Float.MAX_VALUE;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is not NaN. */
    public static boolean testp_number_f32(float a) {
        return a == a;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is NaN. */
    public static boolean testp_notanumber_f32(float a) {
        return a != a;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is neither subnormal, infinite, NaN nor zero. */
    public static boolean testp_normal_f32(float a) {
        return Math.abs(a) >= Float.MIN_NORMAL && Math.abs(a) <= Float.MAX_VALUE;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is subnormal; zero is not. */
    public static boolean testp_subnormal_f32(float a) {
        return Math.abs(a) < Float.MIN_NORMAL && a != 0;
    }

    /**
     * PTX ISA Floating Point Instructions, ftz: {@code .ftz} on an input or a result: subnormals become zero of
     * their sign.
     */
    public static float ftz_f32(float a) {
        return Math.abs(a) < Float.MIN_NORMAL ? a * 0.0f : a;
    }

    /** The one that is a number, else the canonical NaN. */
    private static float numberOf(float a, float b) {
        return a == a ? a : canonical_f32(b);
    }

    /** PTX ISA Floating Point Instructions, sat: {@code .sat} on a result: clamped to [0, 1], NaN becomes +0. */
    public static float sat_f32(float a) {
        return a > 0 ? Math.min(a, 1.0f) : 0.0f;
    }

    /** PTX ISA Floating Point Instructions, NaN: every NaN as the one the hardware generates, 0x7FFFFFFF. */
    public static float canonical_f32(float a) {
        return a == a ? a : CANONICAL_NAN;
    }

    /** The bits of a result of arithmetic. */
    public static int bits_f32(float a) {
        return a == a ? Float.floatToRawIntBits(a) : 0x7FFF_FFFF;
    }
}
