package org.warpgrade.gpu.ptx.isa;

/**
 * Double precision arithmetic with all four rounding modes. Subnormals are always supported.
 */
public final class DoubleMath {

    private DoubleMath() {}

    private static final double CANONICAL_NAN = Double.longBitsToDouble(0xFFF8_0000_0000_0000L);

    /** PTX ISA Floating Point Instructions, add: rounded to nearest even. */
    public static double add_rn_f64(double a, double b) {
        return a + b;
    }

    /** PTX ISA Floating Point Instructions, sub: rounded to nearest even. */
    public static double sub_rn_f64(double a, double b) {
        return a - b;
    }

    /** PTX ISA Floating Point Instructions, mul: rounded to nearest even. */
    public static double mul_rn_f64(double a, double b) {
        return a * b;
    }

    /** PTX ISA Floating Point Instructions, fma: one rounding, rounded to nearest even. */
    public static double fma_rn_f64(double a, double b, double c) {
        return Math.fma(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, div: rounded to nearest even. */
    public static double div_rn_f64(double a, double b) {
        return a / b;
    }

    /** PTX ISA Floating Point Instructions, rcp: rounded to nearest even. */
    public static double rcp_rn_f64(double a) {
        return 1.0 / a;
    }

    /** PTX ISA Floating Point Instructions, sqrt: rounded to nearest even. */
    public static double sqrt_rn_f64(double a) {
        return Math.sqrt(a);
    }

    /** PTX ISA Floating Point Instructions, add: rounded towards zero. */
    public static double add_rz_f64(double a, double b) {
        double sum = a + b;
        return Rounding.towardsZeroToDouble(sum, Rounding.signOfRestOfSum(a, b, sum));
    }

    /** PTX ISA Floating Point Instructions, sub: rounded towards zero. */
    public static double sub_rz_f64(double a, double b) {
        return add_rz_f64(a, -b);
    }

    /** PTX ISA Floating Point Instructions, mul: rounded towards zero. */
    public static double mul_rz_f64(double a, double b) {
        double product = a * b;
        double rest = Rounding.signOfRestOfProduct(a, b, product);
        return Rounding.towardsZeroToDouble(product, rest);
    }

    /** PTX ISA Floating Point Instructions, fma: one rounding, rounded towards zero. */
    public static double fma_rz_f64(double a, double b, double c) {
        double sum = Math.fma(a, b, c);
        double rest = Rounding.signOfRestOfFma(a, b, c, sum);
        return Rounding.towardsZeroToDouble(sum, rest);
    }

    /** PTX ISA Floating Point Instructions, div: rounded towards zero. */
    public static double div_rz_f64(double a, double b) {
        double quotient = a / b;
        return Rounding.towardsZeroToDouble(quotient, Rounding.signOfRestOfQuotient(a, b, quotient));
    }

    /** PTX ISA Floating Point Instructions, rcp: rounded towards zero. */
    public static double rcp_rz_f64(double a) {
        return div_rz_f64(1, a);
    }

    /** PTX ISA Floating Point Instructions, sqrt: rounded towards zero. */
    public static double sqrt_rz_f64(double a) {
        double root = Math.sqrt(a);
        return Rounding.towardsZeroToDouble(root, Rounding.signOfRestOfRoot(a, root));
    }

    /** PTX ISA Floating Point Instructions, add: rounded down. */
    public static double add_rm_f64(double a, double b) {
        double sum = a + b;
        if (sum == 0) {
            return zeroSum(a, b);
        }
        return Rounding.downToDouble(sum, Rounding.signOfRestOfSum(a, b, sum));
    }

    /** PTX ISA Floating Point Instructions, sub: rounded down. */
    public static double sub_rm_f64(double a, double b) {
        return add_rm_f64(a, -b);
    }

    /** PTX ISA Floating Point Instructions, mul: rounded down. */
    public static double mul_rm_f64(double a, double b) {
        double product = a * b;
        return Rounding.downToDouble(product, Rounding.signOfRestOfProduct(a, b, product));
    }

    /** PTX ISA Floating Point Instructions, fma: one rounding, rounded down. */
    public static double fma_rm_f64(double a, double b, double c) {
        double sum = Math.fma(a, b, c);
        double rest = Rounding.signOfRestOfFma(a, b, c, sum);
        if (sum == 0 && rest == 0) {
            return zeroSum(a * b, c);
        }
        return Rounding.downToDouble(sum, rest);
    }

    /** PTX ISA Floating Point Instructions, div: rounded down. */
    public static double div_rm_f64(double a, double b) {
        double quotient = a / b;
        return Rounding.downToDouble(quotient, Rounding.signOfRestOfQuotient(a, b, quotient));
    }

    /** PTX ISA Floating Point Instructions, rcp: rounded down. */
    public static double rcp_rm_f64(double a) {
        return div_rm_f64(1, a);
    }

    /** PTX ISA Floating Point Instructions, sqrt: rounded down. */
    public static double sqrt_rm_f64(double a) {
        double root = Math.sqrt(a);
        return Rounding.downToDouble(root, Rounding.signOfRestOfRoot(a, root));
    }

    /** PTX ISA Floating Point Instructions, add: rounded up. */
    public static double add_rp_f64(double a, double b) {
        double sum = a + b;
        return Rounding.upToDouble(sum, Rounding.signOfRestOfSum(a, b, sum));
    }

    /** PTX ISA Floating Point Instructions, sub: rounded up. */
    public static double sub_rp_f64(double a, double b) {
        return add_rp_f64(a, -b);
    }

    /** PTX ISA Floating Point Instructions, mul: rounded up. */
    public static double mul_rp_f64(double a, double b) {
        double product = a * b;
        return Rounding.upToDouble(product, Rounding.signOfRestOfProduct(a, b, product));
    }

    /** PTX ISA Floating Point Instructions, fma: one rounding, rounded up. */
    public static double fma_rp_f64(double a, double b, double c) {
        double sum = Math.fma(a, b, c);
        double rest = Rounding.signOfRestOfFma(a, b, c, sum);
        return Rounding.upToDouble(sum, rest);
    }

    /** PTX ISA Floating Point Instructions, div: rounded up. */
    public static double div_rp_f64(double a, double b) {
        double quotient = a / b;
        return Rounding.upToDouble(quotient, Rounding.signOfRestOfQuotient(a, b, quotient));
    }

    /** PTX ISA Floating Point Instructions, rcp: rounded up. */
    public static double rcp_rp_f64(double a) {
        return div_rp_f64(1, a);
    }

    /** PTX ISA Floating Point Instructions, sqrt: rounded up. */
    public static double sqrt_rp_f64(double a) {
        double root = Math.sqrt(a);
        return Rounding.upToDouble(root, Rounding.signOfRestOfRoot(a, root));
    }

    /** An exact zero sum is -0 when rounded down, unless both terms are +0. */
    private static double zeroSum(double a, double b) {
        return Double.doubleToRawLongBits(a) == 0 && Double.doubleToRawLongBits(b) == 0 ? 0.0 : -0.0;
    }

    /** PTX ISA Floating Point Instructions, mad: {@code fma} under its older name. */
    public static double mad_rn_f64(double a, double b, double c) {
        return fma_rn_f64(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, mad: {@code fma} under its older name. */
    public static double mad_rz_f64(double a, double b, double c) {
        return fma_rz_f64(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, mad: {@code fma} under its older name. */
    public static double mad_rm_f64(double a, double b, double c) {
        return fma_rm_f64(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, mad: {@code fma} under its older name. */
    public static double mad_rp_f64(double a, double b, double c) {
        return fma_rp_f64(a, b, c);
    }

    /** PTX ISA Floating Point Instructions, neg: sign inverted, of NaN too. */
    public static double neg_f64(double a) {
        return -a;
    }

    /** PTX ISA Floating Point Instructions, abs: sign cleared, of NaN too. */
    public static double abs_f64(double a) {
        return Math.abs(a);
    }

    /** PTX ISA Floating Point Instructions, copysign: b with the sign of a. */
    public static double copysign_f64(double a, double b) {
        long sign = Double.doubleToRawLongBits(a) & Long.MIN_VALUE;
        return Double.longBitsToDouble(sign | (Double.doubleToRawLongBits(b) & Long.MAX_VALUE));
    }

    /**
     * PTX ISA Floating Point Instructions, min: lesser value; a NaN loses to a number, two give the canonical NaN;
     * -0 is below +0.
     */
    public static double min_f64(double a, double b) {
        double chosen = Math.min(a, b);
        return chosen == chosen ? chosen : numberOf(a, b);
    }

    /**
     * PTX ISA Floating Point Instructions, max: greater value; a NaN loses to a number, two give the canonical NaN;
     * -0 is below +0.
     */
    public static double max_f64(double a, double b) {
        double chosen = Math.max(a, b);
        return chosen == chosen ? chosen : numberOf(a, b);
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is not infinite and not NaN. */
    public static boolean testp_finite_f64(double a) {
        return Math.abs(a) <= Double.MAX_VALUE;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is an infinity. */
    public static boolean testp_infinite_f64(double a) {
        return Math.abs(a) > Double.MAX_VALUE;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is not NaN. */
    public static boolean testp_number_f64(double a) {
        return a == a;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is NaN. */
    public static boolean testp_notanumber_f64(double a) {
        return a != a;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is neither subnormal, infinite, NaN nor zero. */
    public static boolean testp_normal_f64(double a) {
        return Math.abs(a) >= Double.MIN_NORMAL && Math.abs(a) <= Double.MAX_VALUE;
    }

    /** PTX ISA Floating Point Instructions, testp: true if a is subnormal; zero is not. */
    public static boolean testp_subnormal_f64(double a) {
        return Math.abs(a) < Double.MIN_NORMAL && a != 0;
    }

    /** The one that is a number, else the canonical NaN. */
    private static double numberOf(double a, double b) {
        return a == a ? a : canonical_f64(b);
    }

    /** PTX ISA Floating Point Instructions, sat: {@code .sat} on a result: clamped to [0, 1], NaN becomes +0. */
    public static double sat_f64(double a) {
        return a > 0 ? Math.min(a, 1.0) : 0.0;
    }

    /** PTX ISA Floating Point Instructions, NaN: every NaN as the one the hardware generates, 0xFFF8000000000000. */
    public static double canonical_f64(double a) {
        return a == a ? a : CANONICAL_NAN;
    }
}
