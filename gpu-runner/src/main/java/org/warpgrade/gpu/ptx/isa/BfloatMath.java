package org.warpgrade.gpu.ptx.isa;

/**
 * Arithmetic on bfloat16 bits, and on two of them in a 32-bit word.
 *
 * <p>Every result is rounded once: sums and products are formed so wide that rounding them again cannot err. A NaN
 * result is 0x7FFF. Subnormals are kept; {@code .ftz} is {@link #ftz_bf16} on inputs and result, and {@code .sat} is
 * {@link #sat_bf16} on what comes out of that.
 */
public final class BfloatMath {

    private BfloatMath() {}

    /** PTX ISA Half Precision Floating Point Instructions, add: rounded to nearest even. */
    public static int add_rn_bf16(int a, int b) {
        return HalfBits.nearestBfloat(HalfBits.widenBfloat(a) + HalfBits.widenBfloat(b));
    }

    /** PTX ISA Half Precision Floating Point Instructions, sub: rounded to nearest even. */
    public static int sub_rn_bf16(int a, int b) {
        return HalfBits.nearestBfloat(HalfBits.widenBfloat(a) - HalfBits.widenBfloat(b));
    }

    /** PTX ISA Half Precision Floating Point Instructions, mul: rounded to nearest even. */
    public static int mul_rn_bf16(int a, int b) {
        return HalfBits.nearestBfloat((double) HalfBits.widenBfloat(a) * HalfBits.widenBfloat(b));
    }

    /** PTX ISA Half Precision Floating Point Instructions, fma: one rounding, to nearest even. */
    public static int fma_rn_bf16(int a, int b, int c) {
        double product = (double) HalfBits.widenBfloat(a) * HalfBits.widenBfloat(b);
        double term = HalfBits.widenBfloat(c);
        double sum = product + term;
        return HalfBits.nearestBfloat(Rounding.toOdd(sum, Rounding.restOfSum(product, term, sum)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, fma: {@code .relu}: one rounding, then negative results
     * to +0.
     */
    public static int fma_rn_relu_bf16(int a, int b, int c) {
        return relu_bf16(fma_rn_bf16(a, b, c));
    }

    /** PTX ISA Half Precision Floating Point Instructions, neg: sign inverted. */
    public static int neg_bf16(int a) {
        return (a ^ 0x8000) & 0xFFFF;
    }

    /** PTX ISA Half Precision Floating Point Instructions, abs: sign cleared. */
    public static int abs_bf16(int a) {
        return a & 0x7FFF;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: lesser value; a NaN loses to a number; -0 is below
     * +0.
     */
    public static int min_bf16(int a, int b) {
        return HalfBits.nearestBfloat(FloatMath.min_f32(HalfBits.widenBfloat(a), HalfBits.widenBfloat(b)));
    }

    /** PTX ISA Half Precision Floating Point Instructions, min: {@code .NaN}: lesser value; any NaN gives 0x7FFF. */
    public static int min_NaN_bf16(int a, int b) {
        return HalfBits.nearestBfloat(FloatMath.min_NaN_f32(HalfBits.widenBfloat(a), HalfBits.widenBfloat(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: {@code .xorsign.abs}: lesser magnitude with the
     * product of the signs.
     */
    public static int min_xorsign_abs_bf16(int a, int b) {
        return HalfBits.nearestBfloat(FloatMath.min_xorsign_abs_f32(HalfBits.widenBfloat(a), HalfBits.widenBfloat(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: {@code .NaN.xorsign.abs}: lesser magnitude with the
     * product of the signs.
     */
    public static int min_NaN_xorsign_abs_bf16(int a, int b) {
        return HalfBits.nearestBfloat(
                FloatMath.min_NaN_xorsign_abs_f32(HalfBits.widenBfloat(a), HalfBits.widenBfloat(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: greater value; a NaN loses to a number; -0 is below
     * +0.
     */
    public static int max_bf16(int a, int b) {
        return HalfBits.nearestBfloat(FloatMath.max_f32(HalfBits.widenBfloat(a), HalfBits.widenBfloat(b)));
    }

    /** PTX ISA Half Precision Floating Point Instructions, max: {@code .NaN}: greater value; any NaN gives 0x7FFF. */
    public static int max_NaN_bf16(int a, int b) {
        return HalfBits.nearestBfloat(FloatMath.max_NaN_f32(HalfBits.widenBfloat(a), HalfBits.widenBfloat(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: {@code .xorsign.abs}: greater magnitude with the
     * product of the signs.
     */
    public static int max_xorsign_abs_bf16(int a, int b) {
        return HalfBits.nearestBfloat(FloatMath.max_xorsign_abs_f32(HalfBits.widenBfloat(a), HalfBits.widenBfloat(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: {@code .NaN.xorsign.abs}: greater magnitude with the
     * product of the signs.
     */
    public static int max_NaN_xorsign_abs_bf16(int a, int b) {
        return HalfBits.nearestBfloat(
                FloatMath.max_NaN_xorsign_abs_f32(HalfBits.widenBfloat(a), HalfBits.widenBfloat(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, ex2: 2 to the power a; here correctly rounded but for
     * rare near-ties.
     */
    public static int ex2_approx_bf16(int a) {
        return HalfBits.nearestBfloat(Approximations.exp2(HalfBits.widenBfloat(a)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, tanh: hyperbolic tangent; here correctly rounded but for
     * rare near-ties.
     */
    public static int tanh_approx_bf16(int a) {
        return HalfBits.nearestBfloat(Approximations.tanh(HalfBits.widenBfloat(a)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, fma: {@code .relu} on a result: negative values to +0,
     * NaN to 0x7FFF.
     */
    public static int relu_bf16(int a) {
        return (a & 0x7FFF) > 0x7F80 ? 0x7FFF : (a & 0x8000) != 0 ? 0 : a & 0xFFFF;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, add: {@code .sat} on a result: clamped to [0, 1], NaN
     * becomes +0.
     */
    public static int sat_bf16(int a) {
        return HalfBits.nearestBfloat(FloatMath.sat_f32(HalfBits.widenBfloat(a)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, add: {@code .ftz} on an input or a result: subnormals
     * become zero of their sign.
     */
    public static int ftz_bf16(int a) {
        return (a & 0x7F80) == 0 ? a & 0x8000 : a & 0xFFFF;
    }

    /** PTX ISA Half Precision Floating Point Instructions, add: both halves; rounded to nearest even. */
    public static int add_rn_bf16x2(int a, int b) {
        return add_rn_bf16(a, b) | add_rn_bf16(a >>> 16, b >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, sub: both halves; rounded to nearest even. */
    public static int sub_rn_bf16x2(int a, int b) {
        return sub_rn_bf16(a, b) | sub_rn_bf16(a >>> 16, b >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, mul: both halves; rounded to nearest even. */
    public static int mul_rn_bf16x2(int a, int b) {
        return mul_rn_bf16(a, b) | mul_rn_bf16(a >>> 16, b >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, fma: both halves; one rounding, to nearest even. */
    public static int fma_rn_bf16x2(int a, int b, int c) {
        return fma_rn_bf16(a, b, c) | fma_rn_bf16(a >>> 16, b >>> 16, c >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, fma: both halves; {@code .relu}: one rounding, then
     * negative results to +0.
     */
    public static int fma_rn_relu_bf16x2(int a, int b, int c) {
        return fma_rn_relu_bf16(a, b, c) | fma_rn_relu_bf16(a >>> 16, b >>> 16, c >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, neg: both halves; sign inverted. */
    public static int neg_bf16x2(int a) {
        return neg_bf16(a) | neg_bf16(a >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, abs: both halves; sign cleared. */
    public static int abs_bf16x2(int a) {
        return abs_bf16(a) | abs_bf16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: both halves; lesser value; a NaN loses to a number;
     * -0 is below +0.
     */
    public static int min_bf16x2(int a, int b) {
        return min_bf16(a, b) | min_bf16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: both halves; {@code .NaN}: lesser value; any NaN
     * gives 0x7FFF.
     */
    public static int min_NaN_bf16x2(int a, int b) {
        return min_NaN_bf16(a, b) | min_NaN_bf16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: both halves; {@code .xorsign.abs}: lesser magnitude
     * with the product of the signs.
     */
    public static int min_xorsign_abs_bf16x2(int a, int b) {
        return min_xorsign_abs_bf16(a, b) | min_xorsign_abs_bf16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: both halves; {@code .NaN.xorsign.abs}: lesser
     * magnitude with the product of the signs.
     */
    public static int min_NaN_xorsign_abs_bf16x2(int a, int b) {
        return min_NaN_xorsign_abs_bf16(a, b) | min_NaN_xorsign_abs_bf16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: both halves; greater value; a NaN loses to a number;
     * -0 is below +0.
     */
    public static int max_bf16x2(int a, int b) {
        return max_bf16(a, b) | max_bf16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: both halves; {@code .NaN}: greater value; any NaN
     * gives 0x7FFF.
     */
    public static int max_NaN_bf16x2(int a, int b) {
        return max_NaN_bf16(a, b) | max_NaN_bf16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: both halves; {@code .xorsign.abs}: greater magnitude
     * with the product of the signs.
     */
    public static int max_xorsign_abs_bf16x2(int a, int b) {
        return max_xorsign_abs_bf16(a, b) | max_xorsign_abs_bf16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: both halves; {@code .NaN.xorsign.abs}: greater
     * magnitude with the product of the signs.
     */
    public static int max_NaN_xorsign_abs_bf16x2(int a, int b) {
        return max_NaN_xorsign_abs_bf16(a, b) | max_NaN_xorsign_abs_bf16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, ex2: both halves; 2 to the power a; here correctly
     * rounded but for rare near-ties.
     */
    public static int ex2_approx_bf16x2(int a) {
        return ex2_approx_bf16(a) | ex2_approx_bf16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, tanh: both halves; hyperbolic tangent; here correctly
     * rounded but for rare near-ties.
     */
    public static int tanh_approx_bf16x2(int a) {
        return tanh_approx_bf16(a) | tanh_approx_bf16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, fma: both halves; {@code .relu} on a result: negative
     * values to +0, NaN to 0x7FFF.
     */
    public static int relu_bf16x2(int a) {
        return relu_bf16(a) | relu_bf16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, add: both halves; {@code .sat} on a result: clamped to
     * [0, 1], NaN becomes +0.
     */
    public static int sat_bf16x2(int a) {
        return sat_bf16(a) | sat_bf16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, add: both halves; {@code .ftz} on an input or a result:
     * subnormals become zero of their sign.
     */
    public static int ftz_bf16x2(int a) {
        return ftz_bf16(a) | ftz_bf16(a >>> 16) << 16;
    }
}
