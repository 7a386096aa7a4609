package org.warpgrade.gpu.ptx.isa;

/**
 * {@code cvt} between integer types: {@code cvt_[sat_]<destination>_<source>}.
 *
 * <p>The source is read from the low bits of its register. An 8-bit result is returned sign- or zero-extended to
 * {@code int}; a 16-bit result has a zero upper half.
 */
public final class IntegerConversions {

    private IntegerConversions() {}

    private static final long MASK32 = 0xFFFF_FFFFL;

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to u8, same bits. */
    public static int cvt_u8_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to u8, same bits. */
    public static int cvt_u8_s8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to u8, truncated. */
    public static int cvt_u8_u16(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to u8, truncated. */
    public static int cvt_u8_s16(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to u8, truncated. */
    public static int cvt_u8_u32(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to u8, truncated. */
    public static int cvt_u8_s32(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to u8, truncated. */
    public static int cvt_u8_u64(long a) {
        return (int) a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to u8, truncated. */
    public static int cvt_u8_s64(long a) {
        return (int) a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to s8, same bits. */
    public static int cvt_s8_u8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to s8, same bits. */
    public static int cvt_s8_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to s8, truncated. */
    public static int cvt_s8_u16(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to s8, truncated. */
    public static int cvt_s8_s16(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to s8, truncated. */
    public static int cvt_s8_u32(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to s8, truncated. */
    public static int cvt_s8_s32(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to s8, truncated. */
    public static int cvt_s8_u64(long a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to s8, truncated. */
    public static int cvt_s8_s64(long a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to u16, zero-extended. */
    public static int cvt_u16_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to u16, sign-extended. */
    public static int cvt_u16_s8(int a) {
        return (byte) a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to u16, same bits. */
    public static int cvt_u16_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to u16, same bits. */
    public static int cvt_u16_s16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to u16, truncated. */
    public static int cvt_u16_u32(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to u16, truncated. */
    public static int cvt_u16_s32(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to u16, truncated. */
    public static int cvt_u16_u64(long a) {
        return (int) a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to u16, truncated. */
    public static int cvt_u16_s64(long a) {
        return (int) a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to s16, zero-extended. */
    public static int cvt_s16_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to s16, sign-extended. */
    public static int cvt_s16_s8(int a) {
        return (byte) a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to s16, same bits. */
    public static int cvt_s16_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to s16, same bits. */
    public static int cvt_s16_s16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to s16, truncated. */
    public static int cvt_s16_u32(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to s16, truncated. */
    public static int cvt_s16_s32(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to s16, truncated. */
    public static int cvt_s16_u64(long a) {
        return (int) a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to s16, truncated. */
    public static int cvt_s16_s64(long a) {
        return (int) a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to u32, zero-extended. */
    public static int cvt_u32_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to u32, sign-extended. */
    public static int cvt_u32_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to u32, zero-extended. */
    public static int cvt_u32_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to u32, sign-extended. */
    public static int cvt_u32_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to u32, same bits. */
    public static int cvt_u32_u32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to u32, same bits. */
    public static int cvt_u32_s32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to u32, truncated. */
    public static int cvt_u32_u64(long a) {
        return (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to u32, truncated. */
    public static int cvt_u32_s64(long a) {
        return (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to s32, zero-extended. */
    public static int cvt_s32_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to s32, sign-extended. */
    public static int cvt_s32_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to s32, zero-extended. */
    public static int cvt_s32_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to s32, sign-extended. */
    public static int cvt_s32_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to s32, same bits. */
    public static int cvt_s32_u32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to s32, same bits. */
    public static int cvt_s32_s32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to s32, truncated. */
    public static int cvt_s32_u64(long a) {
        return (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to s32, truncated. */
    public static int cvt_s32_s64(long a) {
        return (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to u64, zero-extended. */
    public static long cvt_u64_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to u64, sign-extended. */
    public static long cvt_u64_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to u64, zero-extended. */
    public static long cvt_u64_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to u64, sign-extended. */
    public static long cvt_u64_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to u64, zero-extended. */
    public static long cvt_u64_u32(int a) {
        return a & MASK32;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to u64, sign-extended. */
    public static long cvt_u64_s32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to u64, same bits. */
    public static long cvt_u64_u64(long a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to u64, same bits. */
    public static long cvt_u64_s64(long a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to s64, zero-extended. */
    public static long cvt_s64_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to s64, sign-extended. */
    public static long cvt_s64_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to s64, zero-extended. */
    public static long cvt_s64_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to s64, sign-extended. */
    public static long cvt_s64_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to s64, zero-extended. */
    public static long cvt_s64_u32(int a) {
        return a & MASK32;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to s64, sign-extended. */
    public static long cvt_s64_s32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to s64, same bits. */
    public static long cvt_s64_u64(long a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to s64, same bits. */
    public static long cvt_s64_s64(long a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u8 to u8, clamped. */
    public static int cvt_sat_u8_u8(int a) {
        return cvt_u8_u8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s8 to u8, clamped. */
    public static int cvt_sat_u8_s8(int a) {
        return Math.max((byte) a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u16 to u8, clamped. */
    public static int cvt_sat_u8_u16(int a) {
        return Math.min(a & 0xFFFF, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s16 to u8, clamped. */
    public static int cvt_sat_u8_s16(int a) {
        return Math.max(Math.min((short) a, 0xFF), 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u32 to u8, clamped. */
    public static int cvt_sat_u8_u32(int a) {
        return a < 0 ? 0xFF : Math.min(a, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s32 to u8, clamped. */
    public static int cvt_sat_u8_s32(int a) {
        return Math.max(Math.min(a, 0xFF), 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u64 to u8, clamped. */
    public static int cvt_sat_u8_u64(long a) {
        return a < 0 || a > 0xFF ? 0xFF : (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s64 to u8, clamped. */
    public static int cvt_sat_u8_s64(long a) {
        return Math.clamp(a, 0, 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u8 to s8, clamped. */
    public static int cvt_sat_s8_u8(int a) {
        return Math.min(a & 0xFF, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s8 to s8, clamped. */
    public static int cvt_sat_s8_s8(int a) {
        return cvt_s8_s8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u16 to s8, clamped. */
    public static int cvt_sat_s8_u16(int a) {
        return Math.min(a & 0xFFFF, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s16 to s8, clamped. */
    public static int cvt_sat_s8_s16(int a) {
        return Math.max(Math.min((short) a, 0x7F), -0x80);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u32 to s8, clamped. */
    public static int cvt_sat_s8_u32(int a) {
        return a < 0 ? 0x7F : Math.min(a, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s32 to s8, clamped. */
    public static int cvt_sat_s8_s32(int a) {
        return Math.max(Math.min(a, 0x7F), -0x80);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u64 to s8, clamped. */
    public static int cvt_sat_s8_u64(long a) {
        return a < 0 || a > 0x7F ? 0x7F : (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s64 to s8, clamped. */
    public static int cvt_sat_s8_s64(long a) {
        return Math.clamp(a, -0x80, 0x7F);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u8 to u16, clamped. */
    public static int cvt_sat_u16_u8(int a) {
        return cvt_u16_u8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s8 to u16, clamped. */
    public static int cvt_sat_u16_s8(int a) {
        return Math.max((byte) a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u16 to u16, clamped. */
    public static int cvt_sat_u16_u16(int a) {
        return cvt_u16_u16(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s16 to u16, clamped. */
    public static int cvt_sat_u16_s16(int a) {
        return Math.max((short) a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u32 to u16, clamped. */
    public static int cvt_sat_u16_u32(int a) {
        return a < 0 ? 0xFFFF : Math.min(a, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s32 to u16, clamped. */
    public static int cvt_sat_u16_s32(int a) {
        return Math.max(Math.min(a, 0xFFFF), 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u64 to u16, clamped. */
    public static int cvt_sat_u16_u64(long a) {
        return a < 0 || a > 0xFFFF ? 0xFFFF : (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s64 to u16, clamped. */
    public static int cvt_sat_u16_s64(long a) {
        return Math.clamp(a, 0, 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u8 to s16, clamped. */
    public static int cvt_sat_s16_u8(int a) {
        return cvt_s16_u8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s8 to s16, clamped. */
    public static int cvt_sat_s16_s8(int a) {
        return cvt_s16_s8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u16 to s16, clamped. */
    public static int cvt_sat_s16_u16(int a) {
        return Math.min(a & 0xFFFF, 0x7FFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s16 to s16, clamped. */
    public static int cvt_sat_s16_s16(int a) {
        return cvt_s16_s16(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u32 to s16, clamped. */
    public static int cvt_sat_s16_u32(int a) {
        return a < 0 ? 0x7FFF : Math.min(a, 0x7FFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s32 to s16, clamped. */
    public static int cvt_sat_s16_s32(int a) {
        return Math.max(Math.min(a, 0x7FFF), -0x8000) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u64 to s16, clamped. */
    public static int cvt_sat_s16_u64(long a) {
        return a < 0 || a > 0x7FFF ? 0x7FFF : (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s64 to s16, clamped. */
    public static int cvt_sat_s16_s64(long a) {
        return Math.clamp(a, -0x8000, 0x7FFF) & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u8 to u32, clamped. */
    public static int cvt_sat_u32_u8(int a) {
        return cvt_u32_u8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s8 to u32, clamped. */
    public static int cvt_sat_u32_s8(int a) {
        return Math.max((byte) a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u16 to u32, clamped. */
    public static int cvt_sat_u32_u16(int a) {
        return cvt_u32_u16(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s16 to u32, clamped. */
    public static int cvt_sat_u32_s16(int a) {
        return Math.max((short) a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u32 to u32, clamped. */
    public static int cvt_sat_u32_u32(int a) {
        return cvt_u32_u32(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s32 to u32, clamped. */
    public static int cvt_sat_u32_s32(int a) {
        return Math.max(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u64 to u32, clamped. */
    public static int cvt_sat_u32_u64(long a) {
        return a < 0 || a > 0xFFFF_FFFFL ? -1 : (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s64 to u32, clamped. */
    public static int cvt_sat_u32_s64(long a) {
        return (int) Math.clamp(a, 0, 0xFFFF_FFFFL);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u8 to s32, clamped. */
    public static int cvt_sat_s32_u8(int a) {
        return cvt_s32_u8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s8 to s32, clamped. */
    public static int cvt_sat_s32_s8(int a) {
        return cvt_s32_s8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u16 to s32, clamped. */
    public static int cvt_sat_s32_u16(int a) {
        return cvt_s32_u16(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s16 to s32, clamped. */
    public static int cvt_sat_s32_s16(int a) {
        return cvt_s32_s16(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u32 to s32, clamped. */
    public static int cvt_sat_s32_u32(int a) {
        return a < 0 ? Integer.MAX_VALUE : a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s32 to s32, clamped. */
    public static int cvt_sat_s32_s32(int a) {
        return cvt_s32_s32(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u64 to s32, clamped. */
    public static int cvt_sat_s32_u64(long a) {
        return a < 0 || a > 0x7FFF_FFFF ? Integer.MAX_VALUE : (int) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s64 to s32, clamped. */
    public static int cvt_sat_s32_s64(long a) {
        return (int) Math.clamp(a, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u8 to u64, clamped. */
    public static long cvt_sat_u64_u8(int a) {
        return cvt_u64_u8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s8 to u64, clamped. */
    public static long cvt_sat_u64_s8(int a) {
        return Math.max((byte) a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u16 to u64, clamped. */
    public static long cvt_sat_u64_u16(int a) {
        return cvt_u64_u16(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s16 to u64, clamped. */
    public static long cvt_sat_u64_s16(int a) {
        return Math.max((short) a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u32 to u64, clamped. */
    public static long cvt_sat_u64_u32(int a) {
        return cvt_u64_u32(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s32 to u64, clamped. */
    public static long cvt_sat_u64_s32(int a) {
        return Math.max(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u64 to u64, clamped. */
    public static long cvt_sat_u64_u64(long a) {
        return cvt_u64_u64(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s64 to u64, clamped. */
    public static long cvt_sat_u64_s64(long a) {
        return Math.max(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u8 to s64, clamped. */
    public static long cvt_sat_s64_u8(int a) {
        return cvt_s64_u8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s8 to s64, clamped. */
    public static long cvt_sat_s64_s8(int a) {
        return cvt_s64_s8(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u16 to s64, clamped. */
    public static long cvt_sat_s64_u16(int a) {
        return cvt_s64_u16(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s16 to s64, clamped. */
    public static long cvt_sat_s64_s16(int a) {
        return cvt_s64_s16(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u32 to s64, clamped. */
    public static long cvt_sat_s64_u32(int a) {
        return cvt_s64_u32(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s32 to s64, clamped. */
    public static long cvt_sat_s64_s32(int a) {
        return cvt_s64_s32(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: u64 to s64, clamped. */
    public static long cvt_sat_s64_u64(long a) {
        return a < 0 ? Long.MAX_VALUE : a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: {@code .sat}: s64 to s64, clamped. */
    public static long cvt_sat_s64_s64(long a) {
        return cvt_s64_s64(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt.pack: both clamped to u16; b in the lower half, a above. */
    public static int cvt_pack_sat_u16_s32(int a, int b) {
        return Math.clamp(b, 0, 65535) & 0xFFFF | Math.clamp(a, 0, 65535) << 16;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt.pack: both clamped to s16; b in the lower half, a above. */
    public static int cvt_pack_sat_s16_s32(int a, int b) {
        return Math.clamp(b, -32768, 32767) & 0xFFFF | Math.clamp(a, -32768, 32767) << 16;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt.pack: both clamped to u8; b in the lowest byte, a above,
     * then the lower half of c.
     */
    public static int cvt_pack_sat_u8_s32_b32(int a, int b, int c) {
        return Math.clamp(b, 0, 255) & 0xFF | (Math.clamp(a, 0, 255) & 0xFF) << 8 | c << 16;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt.pack: both clamped to s8; b in the lowest byte, a above,
     * then the lower half of c.
     */
    public static int cvt_pack_sat_s8_s32_b32(int a, int b, int c) {
        return Math.clamp(b, -128, 127) & 0xFF | (Math.clamp(a, -128, 127) & 0xFF) << 8 | c << 16;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt.pack: both clamped to 4 bits; b in the lowest, a above, then the
     * lower bits of c.
     */
    public static int cvt_pack_sat_u4_s32_b32(int a, int b, int c) {
        return Math.clamp(b, 0, 15) & 15 | (Math.clamp(a, 0, 15) & 15) << 4 | c << 8;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt.pack: both clamped to 4 bits; b in the lowest, a above, then the
     * lower bits of c.
     */
    public static int cvt_pack_sat_s4_s32_b32(int a, int b, int c) {
        return Math.clamp(b, -8, 7) & 15 | (Math.clamp(a, -8, 7) & 15) << 4 | c << 8;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt.pack: both clamped to 2 bits; b in the lowest, a above, then the
     * lower bits of c.
     */
    public static int cvt_pack_sat_u2_s32_b32(int a, int b, int c) {
        return Math.clamp(b, 0, 3) & 3 | (Math.clamp(a, 0, 3) & 3) << 2 | c << 4;
    }

    /**
     * PTX ISA Data Movement and Conversion Instructions, cvt.pack: both clamped to 2 bits; b in the lowest, a above, then the
     * lower bits of c.
     */
    public static int cvt_pack_sat_s2_s32_b32(int a, int b, int c) {
        return Math.clamp(b, -2, 1) & 3 | (Math.clamp(a, -2, 1) & 3) << 2 | c << 4;
    }
}
