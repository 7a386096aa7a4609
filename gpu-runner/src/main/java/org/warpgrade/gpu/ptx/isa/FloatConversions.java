package org.warpgrade.gpu.ptx.isa;

/**
 * {@code cvt} between floating point types, and to an integral value of the same type.
 *
 * <p>Names are {@code cvt_[<rounding>_][<relu or satfinite>_]<destination>_<source>}. A NaN narrowed to 16 bits becomes
 * 0x7FFF, to f32 it keeps its payload's upper bits.
 */
public final class FloatConversions {

    private FloatConversions() {}

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to f32: the value itself; modifiers are applied
     * outside.
     */
    public static float cvt_f32_f32(float a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f64: the value itself. */
    public static double cvt_f64_f64(double a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to f16: the bits themselves. */
    public static int cvt_f16_f16(int a) {
        return a & 0xFFFF;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: integral value, rounded to the nearest integer, ties
     * to even; the sign of zero is kept.
     */
    public static float cvt_rni_f32_f32(float a) {
        return (float) Math.rint(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: integral value, rounded towards zero; the sign of
     * zero is kept.
     */
    public static float cvt_rzi_f32_f32(float a) {
        return (float) (a < 0 ? Math.ceil(a) : Math.floor(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: integral value, rounded down; the sign of zero is
     * kept.
     */
    public static float cvt_rmi_f32_f32(float a) {
        return (float) Math.floor(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: integral value, rounded up; the sign of zero is kept. */
    public static float cvt_rpi_f32_f32(float a) {
        return (float) Math.ceil(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: integral value, rounded to the nearest integer, ties
     * to even; the sign of zero is kept.
     */
    public static double cvt_rni_f64_f64(double a) {
        return Math.rint(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: integral value, rounded towards zero; the sign of
     * zero is kept.
     */
    public static double cvt_rzi_f64_f64(double a) {
        return a < 0 ? Math.ceil(a) : Math.floor(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: integral value, rounded down; the sign of zero is
     * kept.
     */
    public static double cvt_rmi_f64_f64(double a) {
        return Math.floor(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: integral value, rounded up; the sign of zero is kept. */
    public static double cvt_rpi_f64_f64(double a) {
        return Math.ceil(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to an integral value, rounded to the nearest
     * integer, ties to even.
     */
    public static int cvt_rni_f16_f16(int a) {
        return HalfBits.nearest(cvt_rni_f32_f32(HalfBits.widen(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to an integral value, rounded towards zero. */
    public static int cvt_rzi_f16_f16(int a) {
        return HalfBits.nearest(cvt_rzi_f32_f32(HalfBits.widen(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to an integral value, rounded down. */
    public static int cvt_rmi_f16_f16(int a) {
        return HalfBits.nearest(cvt_rmi_f32_f32(HalfBits.widen(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to an integral value, rounded up. */
    public static int cvt_rpi_f16_f16(int a) {
        return HalfBits.nearest(cvt_rpi_f32_f32(HalfBits.widen(a)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to an integral value, rounded to the nearest
     * integer, ties to even.
     */
    public static int cvt_rni_bf16_bf16(int a) {
        return HalfBits.nearestBfloat(cvt_rni_f32_f32(HalfBits.widenBfloat(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to an integral value, rounded towards zero. */
    public static int cvt_rzi_bf16_bf16(int a) {
        return HalfBits.nearestBfloat(cvt_rzi_f32_f32(HalfBits.widenBfloat(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to an integral value, rounded down. */
    public static int cvt_rmi_bf16_bf16(int a) {
        return HalfBits.nearestBfloat(cvt_rmi_f32_f32(HalfBits.widenBfloat(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to an integral value, rounded up. */
    public static int cvt_rpi_bf16_bf16(int a) {
        return HalfBits.nearestBfloat(cvt_rpi_f32_f32(HalfBits.widenBfloat(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to f64, exact. */
    public static double cvt_f64_f32(float a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_f64(double a) {
        return (float) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f32, rounded towards zero. */
    public static float cvt_rz_f32_f64(double a) {
        return Rounding.towardsZero(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f32, rounded down. */
    public static float cvt_rm_f32_f64(double a) {
        return Rounding.down(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f32, rounded up. */
    public static float cvt_rp_f32_f64(double a) {
        return Rounding.up(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to f32, exact. */
    public static float cvt_f32_f16(int a) {
        return HalfBits.widen(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to f64, exact. */
    public static double cvt_f64_f16(int a) {
        return HalfBits.widen(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_f32(float a) {
        return HalfBits.nearest(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_f64(double a) {
        return HalfBits.nearest(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to f16, rounded towards zero. */
    public static int cvt_rz_f16_f32(float a) {
        return HalfBits.towardsZero(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f16, rounded towards zero. */
    public static int cvt_rz_f16_f64(double a) {
        return HalfBits.towardsZero(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to f16, rounded down. */
    public static int cvt_rm_f16_f32(float a) {
        return HalfBits.down(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f16, rounded down. */
    public static int cvt_rm_f16_f64(double a) {
        return HalfBits.down(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to f16, rounded up. */
    public static int cvt_rp_f16_f32(float a) {
        return HalfBits.up(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to f16, rounded up. */
    public static int cvt_rp_f16_f64(double a) {
        return HalfBits.up(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .relu}: f32 to f16, rounded to nearest even,
     * negative values to +0, NaN to 0x7FFF.
     */
    public static int cvt_rn_relu_f16_f32(float a) {
        return relu(cvt_rn_f16_f32(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .relu}: f32 to f16, rounded towards zero,
     * negative values to +0, NaN to 0x7FFF.
     */
    public static int cvt_rz_relu_f16_f32(float a) {
        return relu(cvt_rz_f16_f32(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .f32}: two f32 to f16x2, rounded to nearest
     * even; a goes to the upper half.
     */
    public static int cvt_rn_f16x2_f32(float a, float b) {
        return cvt_rn_f16_f32(a) << 16 | cvt_rn_f16_f32(b);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .relu}: two f32 to f16x2, rounded to nearest
     * even; a goes to the upper half.
     */
    public static int cvt_rn_relu_f16x2_f32(float a, float b) {
        return cvt_rn_relu_f16_f32(a) << 16 | cvt_rn_relu_f16_f32(b);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .f32}: two f32 to f16x2, rounded towards zero;
     * a goes to the upper half.
     */
    public static int cvt_rz_f16x2_f32(float a, float b) {
        return cvt_rz_f16_f32(a) << 16 | cvt_rz_f16_f32(b);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .relu}: two f32 to f16x2, rounded towards
     * zero; a goes to the upper half.
     */
    public static int cvt_rz_relu_f16x2_f32(float a, float b) {
        return cvt_rz_relu_f16_f32(a) << 16 | cvt_rz_relu_f16_f32(b);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to f32, exact. */
    public static float cvt_f32_bf16(int a) {
        return HalfBits.widenBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to f64, exact. */
    public static double cvt_f64_bf16(int a) {
        return HalfBits.widenBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_f32(float a) {
        return HalfBits.nearestBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_f64(double a) {
        return HalfBits.nearestBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_f32(float a) {
        return HalfBits.towardsZeroBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_f64(double a) {
        return HalfBits.towardsZeroBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to bf16, rounded down. */
    public static int cvt_rm_bf16_f32(float a) {
        return HalfBits.downBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to bf16, rounded down. */
    public static int cvt_rm_bf16_f64(double a) {
        return HalfBits.downBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to bf16, rounded up. */
    public static int cvt_rp_bf16_f32(float a) {
        return HalfBits.upBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to bf16, rounded up. */
    public static int cvt_rp_bf16_f64(double a) {
        return HalfBits.upBfloat(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .relu}: f32 to bf16, rounded to nearest even,
     * negative values to +0, NaN to 0x7FFF.
     */
    public static int cvt_rn_relu_bf16_f32(float a) {
        return relu(cvt_rn_bf16_f32(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .relu}: f32 to bf16, rounded towards zero,
     * negative values to +0, NaN to 0x7FFF.
     */
    public static int cvt_rz_relu_bf16_f32(float a) {
        return relu(cvt_rz_bf16_f32(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .f32}: two f32 to bf16x2, rounded to nearest
     * even; a goes to the upper half.
     */
    public static int cvt_rn_bf16x2_f32(float a, float b) {
        return cvt_rn_bf16_f32(a) << 16 | cvt_rn_bf16_f32(b);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .relu}: two f32 to bf16x2, rounded to nearest
     * even; a goes to the upper half.
     */
    public static int cvt_rn_relu_bf16x2_f32(float a, float b) {
        return cvt_rn_relu_bf16_f32(a) << 16 | cvt_rn_relu_bf16_f32(b);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .f32}: two f32 to bf16x2, rounded towards
     * zero; a goes to the upper half.
     */
    public static int cvt_rz_bf16x2_f32(float a, float b) {
        return cvt_rz_bf16_f32(a) << 16 | cvt_rz_bf16_f32(b);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: {@code .relu}: two f32 to bf16x2, rounded towards
     * zero; a goes to the upper half.
     */
    public static int cvt_rz_relu_bf16x2_f32(float a, float b) {
        return cvt_rz_relu_bf16_f32(a) << 16 | cvt_rz_relu_bf16_f32(b);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_bf16(int a) {
        return cvt_rn_f16_f32(HalfBits.widenBfloat(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_f16(int a) {
        return cvt_rn_bf16_f32(HalfBits.widen(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to f16, rounded towards zero. */
    public static int cvt_rz_f16_bf16(int a) {
        return cvt_rz_f16_f32(HalfBits.widenBfloat(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_f16(int a) {
        return cvt_rz_bf16_f32(HalfBits.widen(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to f16, rounded down. */
    public static int cvt_rm_f16_bf16(int a) {
        return cvt_rm_f16_f32(HalfBits.widenBfloat(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to bf16, rounded down. */
    public static int cvt_rm_bf16_f16(int a) {
        return cvt_rm_bf16_f32(HalfBits.widen(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to f16, rounded up. */
    public static int cvt_rp_f16_bf16(int a) {
        return cvt_rp_f16_f32(HalfBits.widenBfloat(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to bf16, rounded up. */
    public static int cvt_rp_bf16_f16(int a) {
        return cvt_rp_bf16_f32(HalfBits.widen(a));
    }

    private static int relu(int bits) {
        return (bits & 0x8000) != 0 ? 0 : bits;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to tf32 in a b32: 10 bits of fraction, ties away
     * from zero, low 13 bits zero; NaN to 0x7FFFFFFF.
     */
    public static int cvt_rna_tf32_f32(float a) {
        int bits = Float.floatToRawIntBits(a);
        if (!(Math.abs(a) <= Float.MAX_VALUE)) {
            return a != a ? 0x7FFF_FFFF : bits;
        }
        return bits + 0x1000 & ~0x1FFF;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to tf32 in a b32: 10 bits of fraction, ties to
     * even, low 13 bits zero; NaN to 0x7FFFFFFF.
     */
    public static int cvt_rn_tf32_f32(float a) {
        int bits = Float.floatToRawIntBits(a);
        if (!(Math.abs(a) <= Float.MAX_VALUE)) {
            return a != a ? 0x7FFF_FFFF : bits;
        }
        return bits + 0xFFF + (bits >>> 13 & 1) & ~0x1FFF;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to tf32 in a b32: 10 bits of fraction, towards
     * zero, low 13 bits zero; NaN to 0x7FFFFFFF.
     */
    public static int cvt_rz_tf32_f32(float a) {
        return a != a ? 0x7FFF_FFFF : Float.floatToRawIntBits(a) & ~0x1FFF;
    }
}
