package org.warpgrade.gpu.ptx.isa;

/**
 * {@code cvt} from floating point to integer: {@code cvt_<rni|rzi|rmi|rpi>_<destination>_<source>}.
 *
 * <p>The value is rounded to an integer and clamped to the destination's range (so {@code .sat} changes nothing).
 * NaN becomes 0, except that from f64 and to 64 bits it becomes the number with only the top bit set.
 */
public final class FloatToInteger {

    private FloatToInteger() {}

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u8, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u8_f32(float a) {
        return Math.clamp((int) Math.rint(a), 0, 0xFF);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s8, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s8_f32(float a) {
        return Math.clamp((int) Math.rint(a), -0x80, 0x7F);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u16, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u16_f32(float a) {
        return Math.clamp((int) Math.rint(a), 0, 0xFFFF);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s16, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s16_f32(float a) {
        return Math.clamp((int) Math.rint(a), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u32, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u32_f32(float a) {
        return (int) Math.clamp((long) Math.rint(a), 0L, 0xFFFF_FFFFL);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s32, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s32_f32(float a) {
        return (int) Math.rint(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u64, rounded to the nearest integer, ties to
     * even.
     */
    public static long cvt_rni_u64_f32(float a) {
        return toUnsignedLong(Math.rint(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s64, rounded to the nearest integer, ties to
     * even.
     */
    public static long cvt_rni_s64_f32(float a) {
        return toLong(Math.rint(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u8, rounded towards zero. */
    public static int cvt_rzi_u8_f32(float a) {
        return Math.clamp((int) a, 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s8, rounded towards zero. */
    public static int cvt_rzi_s8_f32(float a) {
        return Math.clamp((int) a, -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u16, rounded towards zero. */
    public static int cvt_rzi_u16_f32(float a) {
        return Math.clamp((int) a, 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s16, rounded towards zero. */
    public static int cvt_rzi_s16_f32(float a) {
        return Math.clamp((int) a, -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u32, rounded towards zero. */
    public static int cvt_rzi_u32_f32(float a) {
        return (int) Math.clamp((long) a, 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s32, rounded towards zero. */
    public static int cvt_rzi_s32_f32(float a) {
        return (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u64, rounded towards zero. */
    public static long cvt_rzi_u64_f32(float a) {
        return toUnsignedLong(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s64, rounded towards zero. */
    public static long cvt_rzi_s64_f32(float a) {
        return toLong(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u8, rounded down. */
    public static int cvt_rmi_u8_f32(float a) {
        return Math.clamp((int) Math.floor(a), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s8, rounded down. */
    public static int cvt_rmi_s8_f32(float a) {
        return Math.clamp((int) Math.floor(a), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u16, rounded down. */
    public static int cvt_rmi_u16_f32(float a) {
        return Math.clamp((int) Math.floor(a), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s16, rounded down. */
    public static int cvt_rmi_s16_f32(float a) {
        return Math.clamp((int) Math.floor(a), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u32, rounded down. */
    public static int cvt_rmi_u32_f32(float a) {
        return (int) Math.clamp((long) Math.floor(a), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s32, rounded down. */
    public static int cvt_rmi_s32_f32(float a) {
        return (int) Math.floor(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u64, rounded down. */
    public static long cvt_rmi_u64_f32(float a) {
        return toUnsignedLong(Math.floor(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s64, rounded down. */
    public static long cvt_rmi_s64_f32(float a) {
        return toLong(Math.floor(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u8, rounded up. */
    public static int cvt_rpi_u8_f32(float a) {
        return Math.clamp((int) Math.ceil(a), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s8, rounded up. */
    public static int cvt_rpi_s8_f32(float a) {
        return Math.clamp((int) Math.ceil(a), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u16, rounded up. */
    public static int cvt_rpi_u16_f32(float a) {
        return Math.clamp((int) Math.ceil(a), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s16, rounded up. */
    public static int cvt_rpi_s16_f32(float a) {
        return Math.clamp((int) Math.ceil(a), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u32, rounded up. */
    public static int cvt_rpi_u32_f32(float a) {
        return (int) Math.clamp((long) Math.ceil(a), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s32, rounded up. */
    public static int cvt_rpi_s32_f32(float a) {
        return (int) Math.ceil(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to u64, rounded up. */
    public static long cvt_rpi_u64_f32(float a) {
        return toUnsignedLong(Math.ceil(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f32 to s64, rounded up. */
    public static long cvt_rpi_s64_f32(float a) {
        return toLong(Math.ceil(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u8, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u8_f64(double a) {
        return a != a ? 0x80 : Math.clamp((int) Math.rint(a), 0, 0xFF);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s8, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s8_f64(double a) {
        return a != a ? -0x80 : Math.clamp((int) Math.rint(a), -0x80, 0x7F);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u16, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u16_f64(double a) {
        return a != a ? 0x8000 : Math.clamp((int) Math.rint(a), 0, 0xFFFF);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s16, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s16_f64(double a) {
        return a != a ? 0x8000 : Math.clamp((int) Math.rint(a), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u32, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u32_f64(double a) {
        return a != a ? Integer.MIN_VALUE : (int) Math.clamp((long) Math.rint(a), 0L, 0xFFFF_FFFFL);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s32, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s32_f64(double a) {
        return a != a ? Integer.MIN_VALUE : (int) Math.rint(a);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u64, rounded to the nearest integer, ties to
     * even.
     */
    public static long cvt_rni_u64_f64(double a) {
        return toUnsignedLong(Math.rint(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s64, rounded to the nearest integer, ties to
     * even.
     */
    public static long cvt_rni_s64_f64(double a) {
        return toLong(Math.rint(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u8, rounded towards zero. */
    public static int cvt_rzi_u8_f64(double a) {
        return a != a ? 0x80 : Math.clamp((int) a, 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s8, rounded towards zero. */
    public static int cvt_rzi_s8_f64(double a) {
        return a != a ? -0x80 : Math.clamp((int) a, -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u16, rounded towards zero. */
    public static int cvt_rzi_u16_f64(double a) {
        return a != a ? 0x8000 : Math.clamp((int) a, 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s16, rounded towards zero. */
    public static int cvt_rzi_s16_f64(double a) {
        return a != a ? 0x8000 : Math.clamp((int) a, -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u32, rounded towards zero. */
    public static int cvt_rzi_u32_f64(double a) {
        return a != a ? Integer.MIN_VALUE : (int) Math.clamp((long) a, 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s32, rounded towards zero. */
    public static int cvt_rzi_s32_f64(double a) {
        return a != a ? Integer.MIN_VALUE : (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u64, rounded towards zero. */
    public static long cvt_rzi_u64_f64(double a) {
        return toUnsignedLong(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s64, rounded towards zero. */
    public static long cvt_rzi_s64_f64(double a) {
        return toLong(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u8, rounded down. */
    public static int cvt_rmi_u8_f64(double a) {
        return a != a ? 0x80 : Math.clamp((int) Math.floor(a), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s8, rounded down. */
    public static int cvt_rmi_s8_f64(double a) {
        return a != a ? -0x80 : Math.clamp((int) Math.floor(a), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u16, rounded down. */
    public static int cvt_rmi_u16_f64(double a) {
        return a != a ? 0x8000 : Math.clamp((int) Math.floor(a), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s16, rounded down. */
    public static int cvt_rmi_s16_f64(double a) {
        return a != a ? 0x8000 : Math.clamp((int) Math.floor(a), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u32, rounded down. */
    public static int cvt_rmi_u32_f64(double a) {
        return a != a ? Integer.MIN_VALUE : (int) Math.clamp((long) Math.floor(a), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s32, rounded down. */
    public static int cvt_rmi_s32_f64(double a) {
        return a != a ? Integer.MIN_VALUE : (int) Math.floor(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u64, rounded down. */
    public static long cvt_rmi_u64_f64(double a) {
        return toUnsignedLong(Math.floor(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s64, rounded down. */
    public static long cvt_rmi_s64_f64(double a) {
        return toLong(Math.floor(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u8, rounded up. */
    public static int cvt_rpi_u8_f64(double a) {
        return a != a ? 0x80 : Math.clamp((int) Math.ceil(a), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s8, rounded up. */
    public static int cvt_rpi_s8_f64(double a) {
        return a != a ? -0x80 : Math.clamp((int) Math.ceil(a), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u16, rounded up. */
    public static int cvt_rpi_u16_f64(double a) {
        return a != a ? 0x8000 : Math.clamp((int) Math.ceil(a), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s16, rounded up. */
    public static int cvt_rpi_s16_f64(double a) {
        return a != a ? 0x8000 : Math.clamp((int) Math.ceil(a), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u32, rounded up. */
    public static int cvt_rpi_u32_f64(double a) {
        return a != a ? Integer.MIN_VALUE : (int) Math.clamp((long) Math.ceil(a), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s32, rounded up. */
    public static int cvt_rpi_s32_f64(double a) {
        return a != a ? Integer.MIN_VALUE : (int) Math.ceil(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to u64, rounded up. */
    public static long cvt_rpi_u64_f64(double a) {
        return toUnsignedLong(Math.ceil(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f64 to s64, rounded up. */
    public static long cvt_rpi_s64_f64(double a) {
        return toLong(Math.ceil(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u8, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u8_f16(int a) {
        return Math.clamp((int) Math.rint(HalfBits.widen(a)), 0, 0xFF);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s8, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s8_f16(int a) {
        return Math.clamp((int) Math.rint(HalfBits.widen(a)), -0x80, 0x7F);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u16, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u16_f16(int a) {
        return Math.clamp((int) Math.rint(HalfBits.widen(a)), 0, 0xFFFF);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s16, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s16_f16(int a) {
        return Math.clamp((int) Math.rint(HalfBits.widen(a)), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u32, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u32_f16(int a) {
        return (int) Math.clamp((long) Math.rint(HalfBits.widen(a)), 0L, 0xFFFF_FFFFL);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s32, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s32_f16(int a) {
        return (int) Math.rint(HalfBits.widen(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u64, rounded to the nearest integer, ties to
     * even.
     */
    public static long cvt_rni_u64_f16(int a) {
        return toUnsignedLong(Math.rint(HalfBits.widen(a)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s64, rounded to the nearest integer, ties to
     * even.
     */
    public static long cvt_rni_s64_f16(int a) {
        return toLong(Math.rint(HalfBits.widen(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u8, rounded towards zero. */
    public static int cvt_rzi_u8_f16(int a) {
        return Math.clamp((int) HalfBits.widen(a), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s8, rounded towards zero. */
    public static int cvt_rzi_s8_f16(int a) {
        return Math.clamp((int) HalfBits.widen(a), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u16, rounded towards zero. */
    public static int cvt_rzi_u16_f16(int a) {
        return Math.clamp((int) HalfBits.widen(a), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s16, rounded towards zero. */
    public static int cvt_rzi_s16_f16(int a) {
        return Math.clamp((int) HalfBits.widen(a), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u32, rounded towards zero. */
    public static int cvt_rzi_u32_f16(int a) {
        return (int) Math.clamp((long) HalfBits.widen(a), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s32, rounded towards zero. */
    public static int cvt_rzi_s32_f16(int a) {
        return (int) HalfBits.widen(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u64, rounded towards zero. */
    public static long cvt_rzi_u64_f16(int a) {
        return toUnsignedLong(HalfBits.widen(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s64, rounded towards zero. */
    public static long cvt_rzi_s64_f16(int a) {
        return toLong(HalfBits.widen(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u8, rounded down. */
    public static int cvt_rmi_u8_f16(int a) {
        return Math.clamp((int) Math.floor(HalfBits.widen(a)), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s8, rounded down. */
    public static int cvt_rmi_s8_f16(int a) {
        return Math.clamp((int) Math.floor(HalfBits.widen(a)), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u16, rounded down. */
    public static int cvt_rmi_u16_f16(int a) {
        return Math.clamp((int) Math.floor(HalfBits.widen(a)), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s16, rounded down. */
    public static int cvt_rmi_s16_f16(int a) {
        return Math.clamp((int) Math.floor(HalfBits.widen(a)), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u32, rounded down. */
    public static int cvt_rmi_u32_f16(int a) {
        return (int) Math.clamp((long) Math.floor(HalfBits.widen(a)), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s32, rounded down. */
    public static int cvt_rmi_s32_f16(int a) {
        return (int) Math.floor(HalfBits.widen(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u64, rounded down. */
    public static long cvt_rmi_u64_f16(int a) {
        return toUnsignedLong(Math.floor(HalfBits.widen(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s64, rounded down. */
    public static long cvt_rmi_s64_f16(int a) {
        return toLong(Math.floor(HalfBits.widen(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u8, rounded up. */
    public static int cvt_rpi_u8_f16(int a) {
        return Math.clamp((int) Math.ceil(HalfBits.widen(a)), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s8, rounded up. */
    public static int cvt_rpi_s8_f16(int a) {
        return Math.clamp((int) Math.ceil(HalfBits.widen(a)), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u16, rounded up. */
    public static int cvt_rpi_u16_f16(int a) {
        return Math.clamp((int) Math.ceil(HalfBits.widen(a)), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s16, rounded up. */
    public static int cvt_rpi_s16_f16(int a) {
        return Math.clamp((int) Math.ceil(HalfBits.widen(a)), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u32, rounded up. */
    public static int cvt_rpi_u32_f16(int a) {
        return (int) Math.clamp((long) Math.ceil(HalfBits.widen(a)), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s32, rounded up. */
    public static int cvt_rpi_s32_f16(int a) {
        return (int) Math.ceil(HalfBits.widen(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to u64, rounded up. */
    public static long cvt_rpi_u64_f16(int a) {
        return toUnsignedLong(Math.ceil(HalfBits.widen(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: f16 to s64, rounded up. */
    public static long cvt_rpi_s64_f16(int a) {
        return toLong(Math.ceil(HalfBits.widen(a)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u8, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u8_bf16(int a) {
        return Math.clamp((int) Math.rint(HalfBits.widenBfloat(a)), 0, 0xFF);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s8, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s8_bf16(int a) {
        return Math.clamp((int) Math.rint(HalfBits.widenBfloat(a)), -0x80, 0x7F);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u16, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u16_bf16(int a) {
        return Math.clamp((int) Math.rint(HalfBits.widenBfloat(a)), 0, 0xFFFF);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s16, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s16_bf16(int a) {
        return Math.clamp((int) Math.rint(HalfBits.widenBfloat(a)), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u32, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_u32_bf16(int a) {
        return (int) Math.clamp((long) Math.rint(HalfBits.widenBfloat(a)), 0L, 0xFFFF_FFFFL);
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s32, rounded to the nearest integer, ties to
     * even.
     */
    public static int cvt_rni_s32_bf16(int a) {
        return (int) Math.rint(HalfBits.widenBfloat(a));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u64, rounded to the nearest integer, ties to
     * even.
     */
    public static long cvt_rni_u64_bf16(int a) {
        return toUnsignedLong(Math.rint(HalfBits.widenBfloat(a)));
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s64, rounded to the nearest integer, ties to
     * even.
     */
    public static long cvt_rni_s64_bf16(int a) {
        return toLong(Math.rint(HalfBits.widenBfloat(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u8, rounded towards zero. */
    public static int cvt_rzi_u8_bf16(int a) {
        return Math.clamp((int) HalfBits.widenBfloat(a), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s8, rounded towards zero. */
    public static int cvt_rzi_s8_bf16(int a) {
        return Math.clamp((int) HalfBits.widenBfloat(a), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u16, rounded towards zero. */
    public static int cvt_rzi_u16_bf16(int a) {
        return Math.clamp((int) HalfBits.widenBfloat(a), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s16, rounded towards zero. */
    public static int cvt_rzi_s16_bf16(int a) {
        return Math.clamp((int) HalfBits.widenBfloat(a), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u32, rounded towards zero. */
    public static int cvt_rzi_u32_bf16(int a) {
        return (int) Math.clamp((long) HalfBits.widenBfloat(a), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s32, rounded towards zero. */
    public static int cvt_rzi_s32_bf16(int a) {
        return (int) HalfBits.widenBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u64, rounded towards zero. */
    public static long cvt_rzi_u64_bf16(int a) {
        return toUnsignedLong(HalfBits.widenBfloat(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s64, rounded towards zero. */
    public static long cvt_rzi_s64_bf16(int a) {
        return toLong(HalfBits.widenBfloat(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u8, rounded down. */
    public static int cvt_rmi_u8_bf16(int a) {
        return Math.clamp((int) Math.floor(HalfBits.widenBfloat(a)), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s8, rounded down. */
    public static int cvt_rmi_s8_bf16(int a) {
        return Math.clamp((int) Math.floor(HalfBits.widenBfloat(a)), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u16, rounded down. */
    public static int cvt_rmi_u16_bf16(int a) {
        return Math.clamp((int) Math.floor(HalfBits.widenBfloat(a)), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s16, rounded down. */
    public static int cvt_rmi_s16_bf16(int a) {
        return Math.clamp((int) Math.floor(HalfBits.widenBfloat(a)), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u32, rounded down. */
    public static int cvt_rmi_u32_bf16(int a) {
        return (int) Math.clamp((long) Math.floor(HalfBits.widenBfloat(a)), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s32, rounded down. */
    public static int cvt_rmi_s32_bf16(int a) {
        return (int) Math.floor(HalfBits.widenBfloat(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u64, rounded down. */
    public static long cvt_rmi_u64_bf16(int a) {
        return toUnsignedLong(Math.floor(HalfBits.widenBfloat(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s64, rounded down. */
    public static long cvt_rmi_s64_bf16(int a) {
        return toLong(Math.floor(HalfBits.widenBfloat(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u8, rounded up. */
    public static int cvt_rpi_u8_bf16(int a) {
        return Math.clamp((int) Math.ceil(HalfBits.widenBfloat(a)), 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s8, rounded up. */
    public static int cvt_rpi_s8_bf16(int a) {
        return Math.clamp((int) Math.ceil(HalfBits.widenBfloat(a)), -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u16, rounded up. */
    public static int cvt_rpi_u16_bf16(int a) {
        return Math.clamp((int) Math.ceil(HalfBits.widenBfloat(a)), 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s16, rounded up. */
    public static int cvt_rpi_s16_bf16(int a) {
        return Math.clamp((int) Math.ceil(HalfBits.widenBfloat(a)), -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u32, rounded up. */
    public static int cvt_rpi_u32_bf16(int a) {
        return (int) Math.clamp((long) Math.ceil(HalfBits.widenBfloat(a)), 0L, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s32, rounded up. */
    public static int cvt_rpi_s32_bf16(int a) {
        return (int) Math.ceil(HalfBits.widenBfloat(a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to u64, rounded up. */
    public static long cvt_rpi_u64_bf16(int a) {
        return toUnsignedLong(Math.ceil(HalfBits.widenBfloat(a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: bf16 to s64, rounded up. */
    public static long cvt_rpi_s64_bf16(int a) {
        return toLong(Math.ceil(HalfBits.widenBfloat(a)));
    }

    private static long toLong(double integer) {
        return integer != integer ? Long.MIN_VALUE : (long) integer;
    }

    private static long toUnsignedLong(double integer) {
        if (integer < 0x1p63) {
            return Math.max((long) integer, 0);
        }
        // Long.MIN_VALUE is 2^63 as an unsigned number, and stands for NaN.
        return integer < 0x1p64 ? (long) (integer - 0x1p63) + Long.MIN_VALUE : integer != integer ? Long.MIN_VALUE : -1;
    }
}
