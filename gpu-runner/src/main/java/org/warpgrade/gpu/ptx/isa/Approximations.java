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

    /**
     * PTX ISA Floating Point Instructions, ex2: 2 to the power a; relative error 2<sup>-23.9</sup>, PTX allows
     * 2<sup>-22.5</sup>.
     */
    public static float ex2_approx_f32(float a) {
        return (float) exp2(a);
    }

    /** Adding this to a double of magnitude up to 2^51 leaves the nearest integer in the low bits. */
    private static final double TO_INTEGER = 0x1.8p52;

    /** 2 to the power x for float results: within 1e-11 for |x| up to 1000, limits beyond; exact for integers. */
    static double exp2(double x) {
        double clamped = Math.max(-1000.0, Math.min(x, 1000.0));
        double shifted = clamped + TO_INTEGER;
        double fraction = clamped - (shifted - TO_INTEGER);
        double series = 1.325080551750225e-06;
        series = series * fraction + 1.5303700711365693e-05;
        series = series * fraction + 0.00015403475186530786;
        series = series * fraction + 0.0013333478473685416;
        series = series * fraction + 0.00961812913523614;
        series = series * fraction + 0.055504109063258665;
        series = series * fraction + 0.24022650695888503;
        series = series * fraction + 0.6931471805568324;
        long exponent = Double.doubleToRawLongBits(shifted) + 1023;
        return (1.0 + fraction * series) * Double.longBitsToDouble(exponent << 52);
    }

    /** PTX ISA Floating Point Instructions, lg2: binary logarithm; relative error 2<sup>-23.9</sup>. */
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
        double series = 0.2829066165906811;
        series = series * u + 0.3199053739227617;
        series = series * u + 0.412209256786155;
        series = series * u + 0.5770779423594591;
        series = series * u + 0.9617966941132127;
        series = series * u + 2.88539008177785;
        return exponent + s * series;
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

    private static final double TWO_OVER_PI = 0.6366197723675814;

    /** The first 33 bits of pi / 2, so that products with integers below 2^20 are exact. */
    private static final double HALF_PI_HIGH = 1.5707963267341256;

    private static final double HALF_PI_LOW = 6.077100506506192e-11;

    /** Below this the two-part pi / 2 is enough; StrictMath reduces the rest. */
    private static final float REDUCIBLE = 0x1p20f;

    /**
     * PTX ISA Floating Point Instructions, sin: sine of a in radians; within 0.51 ulp of the result down to
     * 2<sup>-40</sup>.
     */
    public static float sin_approx_f32(float a) {
        if (!(Math.abs(a) < REDUCIBLE)) {
            return (float) StrictMath.sin(a);
        }
        double shifted = a * TWO_OVER_PI + TO_INTEGER;
        double turns = shifted - TO_INTEGER;
        double angle = a - turns * HALF_PI_HIGH - turns * HALF_PI_LOW;
        int quadrant = (int) Double.doubleToRawLongBits(shifted);
        double value = (quadrant & 1) == 0 ? sinReduced(angle) : cosReduced(angle);
        return (float) ((quadrant & 2) == 0 ? value : -value);
    }

    /**
     * PTX ISA Floating Point Instructions, cos: cosine of a in radians; within 0.51 ulp of the result down to
     * 2<sup>-40</sup>.
     */
    public static float cos_approx_f32(float a) {
        if (!(Math.abs(a) < REDUCIBLE)) {
            return (float) StrictMath.cos(a);
        }
        double shifted = a * TWO_OVER_PI + TO_INTEGER;
        double turns = shifted - TO_INTEGER;
        double angle = a - turns * HALF_PI_HIGH - turns * HALF_PI_LOW;
        int quadrant = (int) Double.doubleToRawLongBits(shifted) + 1;
        double value = (quadrant & 1) == 0 ? sinReduced(angle) : cosReduced(angle);
        return (float) ((quadrant & 2) == 0 ? value : -value);
    }

    /** Sine for |x| up to pi / 4. */
    private static double sinReduced(double x) {
        double u = x * x;
        double series = -2.4805587179980646e-08;
        series = series * u + 2.7555990399839905e-06;
        series = series * u + -0.0001984126691523504;
        series = series * u + 0.008333333331077422;
        series = series * u + -0.16666666666663882;
        return x * (1.0 + u * series);
    }

    /** Cosine for |x| up to pi / 4. */
    private static double cosReduced(double x) {
        double u = x * x;
        double series = -2.7237076731325097e-07;
        series = series * u + 2.479986150250612e-05;
        series = series * u + -0.0013888885089126252;
        series = series * u + 0.041666666637372694;
        series = series * u + -0.49999999999963857;
        return 1.0 + u * series;
    }

    /**
     * PTX ISA Floating Point Instructions, tanh: hyperbolic tangent; relative error 2<sup>-23.9</sup>, PTX says
     * 2<sup>-11</sup>.
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
