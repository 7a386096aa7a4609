package org.warpgrade.gpu.ptx.isa;

/**
 * The approximate functions, computed in double and rounded once: nearly always the correctly rounded float.
 *
 * <p>Only IEEE operations are used, so the bits are the same on every machine. They are more accurate than the
 * hardware's, whose exact bits are not documented; PTX bounds the error only. Helpers support subnormals;
 * {@code .ftz} is applied outside.
 */
public final class Approximations {

    private Approximations() {}

    /** PTX ISA Floating Point Instructions, ex2: 2 to the power a; within 0.51 ulp, PTX allows 2. */
    public static float ex2_approx_f32(float a) {
        return (float) exp2(a);
    }

    /** Adding this to a double of magnitude up to 2^51 leaves the nearest integer in the low bits. */
    private static final double TO_INTEGER = 0x1.8p52;

    /** 2 to the power x for float results: relative error 1e-10 where they are finite; exact for integers. */
    static double exp2(double x) {
        if (!(Math.abs(x) < 1000)) {
            return x > 0 ? Double.POSITIVE_INFINITY : x < 0 ? 0 : x;
        }
        double shifted = x + TO_INTEGER;
        double f = x - (shifted - TO_INTEGER);
        double ff = f * f;
        double low = Math.fma(f, 0.24022650922288757, 0.6931471805599453);
        double middle = Math.fma(f, 0.009618056678524637, 0.055504108839096185);
        double high = Math.fma(ff, 1.5297323760701075e-05, Math.fma(f, 0.0001546144469856913, 0.001333350238616277));
        long exponent = Double.doubleToRawLongBits(shifted) + 1023;
        return Math.fma(f, Math.fma(ff, Math.fma(ff, high, middle), low), 1.0)
                * Double.longBitsToDouble(exponent << 52);
    }

    /**
     * PTX ISA Floating Point Instructions, lg2: binary logarithm; within 0.51 ulp, PTX allows an error of
     * 2<sup>-22</sup>.
     */
    public static float lg2_approx_f32(float a) {
        if (a <= 0) {
            return a == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        }
        if (!(a <= Float.MAX_VALUE)) {
            return a;
        }
        return (float) log2(a);
    }

    /** Binary logarithm of a positive normal double, relative error 1e-11. */
    static double log2(double x) {
        long bits = Double.doubleToRawLongBits(x);
        // Centres the mantissa on 1: [sqrt(1/2), sqrt(2)), whose lower end has these bits.
        long offset = bits - 0x3FE6_A09E_667F_3BCDL;
        double exponent = offset >> 52;
        double mantissa = Double.longBitsToDouble(bits - (offset & 0xFFF0_0000_0000_0000L));
        double s = (mantissa - 1.0) / (mantissa + 1.0);
        double u = s * s;
        double series = 0.3407329932424559;
        series = Math.fma(series, u, 0.41167268734376855);
        series = Math.fma(series, u, 0.5770835830070087);
        series = Math.fma(series, u, 0.9617966733682309);
        series = Math.fma(series, u, 2.885390081790048);
        return Math.fma(s, series, exponent);
    }

    /** PTX ISA Floating Point Instructions, rcp: 1 / a; here correctly rounded, PTX allows 1 ulp. */
    public static float rcp_approx_f32(float a) {
        return 1.0f / a;
    }

    /**
     * PTX ISA Floating Point Instructions, rsqrt: 1 / sqrt(a); within 0.51 ulp, PTX allows a relative error of
     * 2<sup>-22.9</sup>.
     */
    public static float rsqrt_approx_f32(float a) {
        return (float) (1.0 / Math.sqrt(a));
    }

    /** PTX ISA Floating Point Instructions, sqrt: square root; here correctly rounded. */
    public static float sqrt_approx_f32(float a) {
        return (float) Math.sqrt(a);
    }

    /**
     * PTX ISA Floating Point Instructions, div: a / b; PTX allows 2 ulp for |b| in [2<sup>-126</sup>,
     * 2<sup>126</sup>] and fixes the result beyond.
     */
    public static float div_approx_f32(float a, float b) {
        if (Math.abs(b) > 0x1p126f && Math.abs(b) <= Float.MAX_VALUE && Math.abs(a) <= Float.MAX_VALUE) {
            return Math.copySign(0.0f, a) * Math.signum(b);
        }
        return Math.abs(b) > 0x1p126f && Math.abs(a) > Float.MAX_VALUE ? Float.NaN : a / b;
    }

    /** PTX ISA Floating Point Instructions, div: {@code .full}: a / b; here correctly rounded, PTX allows 2 ulp. */
    public static float div_full_f32(float a, float b) {
        return a / b;
    }

    private static final double ONE_OVER_PI = 0.3183098861837907;

    /** The first 33 bits of pi, so that products with multiples of one half below 2^19 are exact. */
    private static final double PI_HIGH = 3.1415926534682512;

    private static final double PI_LOW = 1.2154201013012384e-10;

    /** Below this the two-part pi is enough; StrictMath reduces the rest. */
    private static final float REDUCIBLE = 0x1p20f;

    /** PTX ISA Floating Point Instructions, sin: sine of a in radians; within 0.51 ulp. */
    public static float sin_approx_f32(float a) {
        if (!(Math.abs(a) < REDUCIBLE)) {
            return (float) StrictMath.sin(a);
        }
        double shifted = a * ONE_OVER_PI + TO_INTEGER;
        return (float) sinOfRemainder(a, shifted - TO_INTEGER, shifted);
    }

    /** PTX ISA Floating Point Instructions, cos: cosine of a in radians, as the sine of a + pi / 2; within 0.51 ulp. */
    public static float cos_approx_f32(float a) {
        if (!(Math.abs(a) < REDUCIBLE)) {
            return (float) StrictMath.cos(a);
        }
        double shifted = a * ONE_OVER_PI + 0.5 + TO_INTEGER;
        return (float) sinOfRemainder(a, shifted - TO_INTEGER - 0.5, shifted);
    }

    /** Sine of (a - halfTurns * pi), negated if the number in the low bits of {@code parity} is odd. */
    private static double sinOfRemainder(float a, double halfTurns, double parity) {
        double angle = a - halfTurns * PI_HIGH - halfTurns * PI_LOW;
        long sign = Double.doubleToRawLongBits(parity) << 63;
        double x = Double.longBitsToDouble(Double.doubleToRawLongBits(angle) ^ sign);
        double u = x * x;
        double uu = u * u;
        double low = -0.16666666666658458 + u * 0.008333333330937984;
        double middle = -0.00019841268708156053 + u * 2.755712305769773e-06;
        double high = -2.5036738931224052e-08 + u * 1.550239959997099e-10;
        return x * (1.0 + u * (low + uu * (middle + uu * high)));
    }

    /**
     * PTX ISA Floating Point Instructions, tanh: hyperbolic tangent; within 0.51 ulp, PTX allows a relative error
     * of 2<sup>-11</sup>.
     */
    public static float tanh_approx_f32(float a) {
        return (float) tanh(a);
    }

    static double tanh(double x) {
        if (Math.abs(x) < 0.25) {
            double u = x * x;
            double series = -0.008323476461694687;
            series = series * u + 0.021840308168617366;
            series = series * u + -0.05396760540389353;
            series = series * u + 0.1333333282718021;
            series = series * u + -0.3333333333269995;
            return x * (1.0 + u * series);
        }
        double power = exp2(Math.max(-40.0, Math.min(x, 40.0)) * 2.8853900817779268);
        return (power - 1.0) / (power + 1.0);
    }

    /** PTX ISA Floating Point Instructions, rsqrt: 1 / sqrt(a); within 1 ulp. */
    public static double rsqrt_approx_f64(double a) {
        return 1.0 / Math.sqrt(a);
    }

    /**
     * PTX ISA Floating Point Instructions, rcp.approx.ftz.f64: reciprocal from and to the upper 32 bits; subnormals
     * are flushed.
     */
    public static double rcp_approx_ftz_f64(double a) {
        return upperWord(1.0 / flushedUpperWord(a));
    }

    /**
     * PTX ISA Floating Point Instructions, rcp.approx.ftz.f64: the same; the instruction exists with {@code .ftz}
     * only.
     */
    public static double rcp_approx_f64(double a) {
        return rcp_approx_ftz_f64(a);
    }

    /**
     * PTX ISA Floating Point Instructions, rsqrt.approx.ftz.f64: 1 / sqrt(a) from and to the upper 32 bits;
     * subnormals are flushed.
     */
    public static double rsqrt_approx_ftz_f64(double a) {
        return upperWord(1.0 / Math.sqrt(flushedUpperWord(a)));
    }

    private static double flushedUpperWord(double value) {
        double upper = Double.longBitsToDouble(Double.doubleToRawLongBits(value) & 0xFFFF_FFFF_0000_0000L);
        return Math.abs(upper) < Double.MIN_NORMAL ? upper * 0.0 : value == value ? upper : value;
    }

    /** Rounded to the upper 32 bits, subnormals flushed, NaN as these two instructions give it. */
    private static double upperWord(double value) {
        if (value != value) {
            return Double.longBitsToDouble(0x7FFF_FFFF_0000_0000L);
        }
        if (Math.abs(value) < Double.MIN_NORMAL) {
            return value * 0.0;
        }
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) + 0x8000_0000L & 0xFFFF_FFFF_0000_0000L);
    }
}
