package org.warpgrade.gpu.ptx.isa;

/**
 * Arithmetic on half precision bits, and on two of them in a 32-bit word.
 *
 * <p>Every result is rounded once: sums and products are formed so wide that rounding them again cannot err. A NaN
 * result is 0x7FFF. Subnormals are kept; {@code .ftz} is {@link #ftz_f16} on inputs and result, and {@code .sat} is
 * {@link #sat_f16} on what comes out of that.
 */
public final class HalfMath {

    private HalfMath() {}

    /** PTX ISA Half Precision Floating Point Instructions, add: rounded to nearest even. */
    public static int add_rn_f16(int a, int b) {
        return HalfBits.nearest(HalfBits.widen(a) + HalfBits.widen(b));
    }

    /** PTX ISA Half Precision Floating Point Instructions, sub: rounded to nearest even. */
    public static int sub_rn_f16(int a, int b) {
        return HalfBits.nearest(HalfBits.widen(a) - HalfBits.widen(b));
    }

    /** PTX ISA Half Precision Floating Point Instructions, mul: rounded to nearest even. */
    public static int mul_rn_f16(int a, int b) {
        return HalfBits.nearest(HalfBits.widen(a) * HalfBits.widen(b));
    }

    /** PTX ISA Half Precision Floating Point Instructions, fma: one rounding, to nearest even. */
    public static int fma_rn_f16(int a, int b, int c) {
        // A double holds every product, and every sum that could be a tie between two halves.
        return HalfBits.nearest((double) HalfBits.widen(a) * HalfBits.widen(b) + HalfBits.widen(c));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, fma: {@code .relu}: one rounding, then negative results
     * to +0.
     */
    public static int fma_rn_relu_f16(int a, int b, int c) {
        return relu_f16(fma_rn_f16(a, b, c));
    }

    /** PTX ISA Half Precision Floating Point Instructions, neg: sign inverted. */
    public static int neg_f16(int a) {
        return (a ^ 0x8000) & 0xFFFF;
    }

    /** PTX ISA Half Precision Floating Point Instructions, abs: sign cleared. */
    public static int abs_f16(int a) {
        return a & 0x7FFF;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: lesser value; a NaN loses to a number; -0 is below
     * +0.
     */
    public static int min_f16(int a, int b) {
        return HalfBits.nearest(FloatMath.min_f32(HalfBits.widen(a), HalfBits.widen(b)));
    }

    /** PTX ISA Half Precision Floating Point Instructions, min: {@code .NaN}: lesser value; any NaN gives 0x7FFF. */
    public static int min_NaN_f16(int a, int b) {
        return HalfBits.nearest(FloatMath.min_NaN_f32(HalfBits.widen(a), HalfBits.widen(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: {@code .xorsign.abs}: lesser magnitude with the
     * product of the signs.
     */
    public static int min_xorsign_abs_f16(int a, int b) {
        return HalfBits.nearest(FloatMath.min_xorsign_abs_f32(HalfBits.widen(a), HalfBits.widen(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: {@code .NaN.xorsign.abs}: lesser magnitude with the
     * product of the signs.
     */
    public static int min_NaN_xorsign_abs_f16(int a, int b) {
        return HalfBits.nearest(FloatMath.min_NaN_xorsign_abs_f32(HalfBits.widen(a), HalfBits.widen(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: greater value; a NaN loses to a number; -0 is below
     * +0.
     */
    public static int max_f16(int a, int b) {
        return HalfBits.nearest(FloatMath.max_f32(HalfBits.widen(a), HalfBits.widen(b)));
    }

    /** PTX ISA Half Precision Floating Point Instructions, max: {@code .NaN}: greater value; any NaN gives 0x7FFF. */
    public static int max_NaN_f16(int a, int b) {
        return HalfBits.nearest(FloatMath.max_NaN_f32(HalfBits.widen(a), HalfBits.widen(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: {@code .xorsign.abs}: greater magnitude with the
     * product of the signs.
     */
    public static int max_xorsign_abs_f16(int a, int b) {
        return HalfBits.nearest(FloatMath.max_xorsign_abs_f32(HalfBits.widen(a), HalfBits.widen(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: {@code .NaN.xorsign.abs}: greater magnitude with the
     * product of the signs.
     */
    public static int max_NaN_xorsign_abs_f16(int a, int b) {
        return HalfBits.nearest(FloatMath.max_NaN_xorsign_abs_f32(HalfBits.widen(a), HalfBits.widen(b)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, ex2: 2 to the power a; here correctly rounded but for
     * rare near-ties.
     */
    public static int ex2_approx_f16(int a) {
        return HalfBits.nearest(Approximations.exp2(HalfBits.widen(a)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, tanh: hyperbolic tangent; here correctly rounded but for
     * rare near-ties.
     */
    public static int tanh_approx_f16(int a) {
        return HalfBits.nearest(Approximations.tanh(HalfBits.widen(a)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, fma: {@code .relu} on a result: negative values to +0,
     * NaN to 0x7FFF.
     */
    public static int relu_f16(int a) {
        return (a & 0x7FFF) > 0x7C00 ? 0x7FFF : (a & 0x8000) != 0 ? 0 : a & 0xFFFF;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, add: {@code .sat} on a result: clamped to [0, 1], NaN
     * becomes +0.
     */
    public static int sat_f16(int a) {
        return HalfBits.nearest(FloatMath.sat_f32(HalfBits.widen(a)));
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, add: {@code .ftz} on an input or a result: subnormals
     * become zero of their sign.
     */
    public static int ftz_f16(int a) {
        return (a & 0x7C00) == 0 ? a & 0x8000 : a & 0xFFFF;
    }

    /** PTX ISA Half Precision Floating Point Instructions, add: both halves; rounded to nearest even. */
    public static int add_rn_f16x2(int a, int b) {
        return add_rn_f16(a, b) | add_rn_f16(a >>> 16, b >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, sub: both halves; rounded to nearest even. */
    public static int sub_rn_f16x2(int a, int b) {
        return sub_rn_f16(a, b) | sub_rn_f16(a >>> 16, b >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, mul: both halves; rounded to nearest even. */
    public static int mul_rn_f16x2(int a, int b) {
        return mul_rn_f16(a, b) | mul_rn_f16(a >>> 16, b >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, fma: both halves; one rounding, to nearest even. */
    public static int fma_rn_f16x2(int a, int b, int c) {
        return fma_rn_f16(a, b, c) | fma_rn_f16(a >>> 16, b >>> 16, c >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, fma: both halves; {@code .relu}: one rounding, then
     * negative results to +0.
     */
    public static int fma_rn_relu_f16x2(int a, int b, int c) {
        return fma_rn_relu_f16(a, b, c) | fma_rn_relu_f16(a >>> 16, b >>> 16, c >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, neg: both halves; sign inverted. */
    public static int neg_f16x2(int a) {
        return neg_f16(a) | neg_f16(a >>> 16) << 16;
    }

    /** PTX ISA Half Precision Floating Point Instructions, abs: both halves; sign cleared. */
    public static int abs_f16x2(int a) {
        return abs_f16(a) | abs_f16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: both halves; lesser value; a NaN loses to a number;
     * -0 is below +0.
     */
    public static int min_f16x2(int a, int b) {
        return min_f16(a, b) | min_f16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: both halves; {@code .NaN}: lesser value; any NaN
     * gives 0x7FFF.
     */
    public static int min_NaN_f16x2(int a, int b) {
        return min_NaN_f16(a, b) | min_NaN_f16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: both halves; {@code .xorsign.abs}: lesser magnitude
     * with the product of the signs.
     */
    public static int min_xorsign_abs_f16x2(int a, int b) {
        return min_xorsign_abs_f16(a, b) | min_xorsign_abs_f16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, min: both halves; {@code .NaN.xorsign.abs}: lesser
     * magnitude with the product of the signs.
     */
    public static int min_NaN_xorsign_abs_f16x2(int a, int b) {
        return min_NaN_xorsign_abs_f16(a, b) | min_NaN_xorsign_abs_f16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: both halves; greater value; a NaN loses to a number;
     * -0 is below +0.
     */
    public static int max_f16x2(int a, int b) {
        return max_f16(a, b) | max_f16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: both halves; {@code .NaN}: greater value; any NaN
     * gives 0x7FFF.
     */
    public static int max_NaN_f16x2(int a, int b) {
        return max_NaN_f16(a, b) | max_NaN_f16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: both halves; {@code .xorsign.abs}: greater magnitude
     * with the product of the signs.
     */
    public static int max_xorsign_abs_f16x2(int a, int b) {
        return max_xorsign_abs_f16(a, b) | max_xorsign_abs_f16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, max: both halves; {@code .NaN.xorsign.abs}: greater
     * magnitude with the product of the signs.
     */
    public static int max_NaN_xorsign_abs_f16x2(int a, int b) {
        return max_NaN_xorsign_abs_f16(a, b) | max_NaN_xorsign_abs_f16(a >>> 16, b >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, ex2: both halves; 2 to the power a; here correctly
     * rounded but for rare near-ties.
     */
    public static int ex2_approx_f16x2(int a) {
        return ex2_approx_f16(a) | ex2_approx_f16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, tanh: both halves; hyperbolic tangent; here correctly
     * rounded but for rare near-ties.
     */
    public static int tanh_approx_f16x2(int a) {
        return tanh_approx_f16(a) | tanh_approx_f16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, fma: both halves; {@code .relu} on a result: negative
     * values to +0, NaN to 0x7FFF.
     */
    public static int relu_f16x2(int a) {
        return relu_f16(a) | relu_f16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, add: both halves; {@code .sat} on a result: clamped to
     * [0, 1], NaN becomes +0.
     */
    public static int sat_f16x2(int a) {
        return sat_f16(a) | sat_f16(a >>> 16) << 16;
    }

    /**
     * PTX ISA Half Precision Floating Point Instructions, add: both halves; {@code .ftz} on an input or a result:
     * subnormals become zero of their sign.
     */
    public static int ftz_f16x2(int a) {
        return ftz_f16(a) | ftz_f16(a >>> 16) << 16;
    }
}
