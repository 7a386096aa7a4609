package org.warpgrade.gpu.ptx.isa;

/**
 * {@code cvt} from integer to floating point: {@code cvt_<rn|rz|rm|rp>_<destination>_<source>}.
 */
public final class IntegerToFloat {

    private IntegerToFloat() {}

    private static final long MASK32 = 0xFFFF_FFFFL;

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_u32(int a) {
        return (float) (a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_s32(int a) {
        return (float) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_u64(long a) {
        return a >= 0 ? (float) a : 2.0f * (a >>> 1 | a & 1);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f32, rounded to nearest even. */
    public static float cvt_rn_f32_s64(long a) {
        return (float) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f32, rounded towards zero. */
    public static float cvt_rz_f32_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f32, rounded towards zero. */
    public static float cvt_rz_f32_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f32, rounded towards zero. */
    public static float cvt_rz_f32_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f32, rounded towards zero. */
    public static float cvt_rz_f32_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f32, rounded towards zero. */
    public static float cvt_rz_f32_u32(int a) {
        return Rounding.towardsZero(a & MASK32, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f32, rounded towards zero. */
    public static float cvt_rz_f32_s32(int a) {
        return Rounding.towardsZero(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f32, rounded towards zero. */
    public static float cvt_rz_f32_u64(long a) {
        return Rounding.towardsZero(near(a >>> 32, a), rest(a >>> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f32, rounded towards zero. */
    public static float cvt_rz_f32_s64(long a) {
        return Rounding.towardsZero(near(a >> 32, a), rest(a >> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f32, rounded down. */
    public static float cvt_rm_f32_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f32, rounded down. */
    public static float cvt_rm_f32_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f32, rounded down. */
    public static float cvt_rm_f32_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f32, rounded down. */
    public static float cvt_rm_f32_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f32, rounded down. */
    public static float cvt_rm_f32_u32(int a) {
        return Rounding.down(a & MASK32, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f32, rounded down. */
    public static float cvt_rm_f32_s32(int a) {
        return Rounding.down(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f32, rounded down. */
    public static float cvt_rm_f32_u64(long a) {
        return Rounding.down(near(a >>> 32, a), rest(a >>> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f32, rounded down. */
    public static float cvt_rm_f32_s64(long a) {
        return Rounding.down(near(a >> 32, a), rest(a >> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f32, rounded up. */
    public static float cvt_rp_f32_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f32, rounded up. */
    public static float cvt_rp_f32_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f32, rounded up. */
    public static float cvt_rp_f32_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f32, rounded up. */
    public static float cvt_rp_f32_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f32, rounded up. */
    public static float cvt_rp_f32_u32(int a) {
        return Rounding.up(a & MASK32, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f32, rounded up. */
    public static float cvt_rp_f32_s32(int a) {
        return Rounding.up(a, 0);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f32, rounded up. */
    public static float cvt_rp_f32_u64(long a) {
        return Rounding.up(near(a >>> 32, a), rest(a >>> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f32, rounded up. */
    public static float cvt_rp_f32_s64(long a) {
        return Rounding.up(near(a >> 32, a), rest(a >> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f64, rounded to nearest even. */
    public static double cvt_rn_f64_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f64, rounded to nearest even. */
    public static double cvt_rn_f64_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f64, rounded to nearest even. */
    public static double cvt_rn_f64_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f64, rounded to nearest even. */
    public static double cvt_rn_f64_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f64, rounded to nearest even. */
    public static double cvt_rn_f64_u32(int a) {
        return a & MASK32;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f64, rounded to nearest even. */
    public static double cvt_rn_f64_s32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f64, rounded to nearest even. */
    public static double cvt_rn_f64_u64(long a) {
        return near(a >>> 32, a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f64, rounded to nearest even. */
    public static double cvt_rn_f64_s64(long a) {
        return (double) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f64, rounded towards zero. */
    public static double cvt_rz_f64_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f64, rounded towards zero. */
    public static double cvt_rz_f64_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f64, rounded towards zero. */
    public static double cvt_rz_f64_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f64, rounded towards zero. */
    public static double cvt_rz_f64_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f64, rounded towards zero. */
    public static double cvt_rz_f64_u32(int a) {
        return a & MASK32;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f64, rounded towards zero. */
    public static double cvt_rz_f64_s32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f64, rounded towards zero. */
    public static double cvt_rz_f64_u64(long a) {
        return Rounding.towardsZeroToDouble(near(a >>> 32, a), rest(a >>> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f64, rounded towards zero. */
    public static double cvt_rz_f64_s64(long a) {
        return Rounding.towardsZeroToDouble(near(a >> 32, a), rest(a >> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f64, rounded down. */
    public static double cvt_rm_f64_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f64, rounded down. */
    public static double cvt_rm_f64_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f64, rounded down. */
    public static double cvt_rm_f64_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f64, rounded down. */
    public static double cvt_rm_f64_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f64, rounded down. */
    public static double cvt_rm_f64_u32(int a) {
        return a & MASK32;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f64, rounded down. */
    public static double cvt_rm_f64_s32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f64, rounded down. */
    public static double cvt_rm_f64_u64(long a) {
        return Rounding.downToDouble(near(a >>> 32, a), rest(a >>> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f64, rounded down. */
    public static double cvt_rm_f64_s64(long a) {
        return Rounding.downToDouble(near(a >> 32, a), rest(a >> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f64, rounded up. */
    public static double cvt_rp_f64_u8(int a) {
        return a & 0xFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f64, rounded up. */
    public static double cvt_rp_f64_s8(int a) {
        return (byte) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f64, rounded up. */
    public static double cvt_rp_f64_u16(int a) {
        return a & 0xFFFF;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f64, rounded up. */
    public static double cvt_rp_f64_s16(int a) {
        return (short) a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f64, rounded up. */
    public static double cvt_rp_f64_u32(int a) {
        return a & MASK32;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f64, rounded up. */
    public static double cvt_rp_f64_s32(int a) {
        return a;
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f64, rounded up. */
    public static double cvt_rp_f64_u64(long a) {
        return Rounding.upToDouble(near(a >>> 32, a), rest(a >>> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f64, rounded up. */
    public static double cvt_rp_f64_s64(long a) {
        return Rounding.upToDouble(near(a >> 32, a), rest(a >> 32, a));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_u8(int a) {
        return HalfBits.nearest(a & 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_s8(int a) {
        return HalfBits.nearest((byte) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_u16(int a) {
        return HalfBits.nearest(a & 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_s16(int a) {
        return HalfBits.nearest((short) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_u32(int a) {
        return HalfBits.nearest(a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_s32(int a) {
        return HalfBits.nearest(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_u64(long a) {
        return HalfBits.nearest(Rounding.toOdd(near(a >>> 32, a), rest(a >>> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f16, rounded to nearest even. */
    public static int cvt_rn_f16_s64(long a) {
        return HalfBits.nearest(Rounding.toOdd(near(a >> 32, a), rest(a >> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f16, rounded towards zero. */
    public static int cvt_rz_f16_u8(int a) {
        return HalfBits.towardsZero(a & 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f16, rounded towards zero. */
    public static int cvt_rz_f16_s8(int a) {
        return HalfBits.towardsZero((byte) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f16, rounded towards zero. */
    public static int cvt_rz_f16_u16(int a) {
        return HalfBits.towardsZero(a & 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f16, rounded towards zero. */
    public static int cvt_rz_f16_s16(int a) {
        return HalfBits.towardsZero((short) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f16, rounded towards zero. */
    public static int cvt_rz_f16_u32(int a) {
        return HalfBits.towardsZero(a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f16, rounded towards zero. */
    public static int cvt_rz_f16_s32(int a) {
        return HalfBits.towardsZero(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f16, rounded towards zero. */
    public static int cvt_rz_f16_u64(long a) {
        return HalfBits.towardsZero(Rounding.toOdd(near(a >>> 32, a), rest(a >>> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f16, rounded towards zero. */
    public static int cvt_rz_f16_s64(long a) {
        return HalfBits.towardsZero(Rounding.toOdd(near(a >> 32, a), rest(a >> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f16, rounded down. */
    public static int cvt_rm_f16_u8(int a) {
        return HalfBits.down(a & 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f16, rounded down. */
    public static int cvt_rm_f16_s8(int a) {
        return HalfBits.down((byte) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f16, rounded down. */
    public static int cvt_rm_f16_u16(int a) {
        return HalfBits.down(a & 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f16, rounded down. */
    public static int cvt_rm_f16_s16(int a) {
        return HalfBits.down((short) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f16, rounded down. */
    public static int cvt_rm_f16_u32(int a) {
        return HalfBits.down(a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f16, rounded down. */
    public static int cvt_rm_f16_s32(int a) {
        return HalfBits.down(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f16, rounded down. */
    public static int cvt_rm_f16_u64(long a) {
        return HalfBits.down(Rounding.toOdd(near(a >>> 32, a), rest(a >>> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f16, rounded down. */
    public static int cvt_rm_f16_s64(long a) {
        return HalfBits.down(Rounding.toOdd(near(a >> 32, a), rest(a >> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to f16, rounded up. */
    public static int cvt_rp_f16_u8(int a) {
        return HalfBits.up(a & 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to f16, rounded up. */
    public static int cvt_rp_f16_s8(int a) {
        return HalfBits.up((byte) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to f16, rounded up. */
    public static int cvt_rp_f16_u16(int a) {
        return HalfBits.up(a & 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to f16, rounded up. */
    public static int cvt_rp_f16_s16(int a) {
        return HalfBits.up((short) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to f16, rounded up. */
    public static int cvt_rp_f16_u32(int a) {
        return HalfBits.up(a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to f16, rounded up. */
    public static int cvt_rp_f16_s32(int a) {
        return HalfBits.up(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to f16, rounded up. */
    public static int cvt_rp_f16_u64(long a) {
        return HalfBits.up(Rounding.toOdd(near(a >>> 32, a), rest(a >>> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to f16, rounded up. */
    public static int cvt_rp_f16_s64(long a) {
        return HalfBits.up(Rounding.toOdd(near(a >> 32, a), rest(a >> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_u8(int a) {
        return HalfBits.nearestBfloat(a & 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_s8(int a) {
        return HalfBits.nearestBfloat((byte) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_u16(int a) {
        return HalfBits.nearestBfloat(a & 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_s16(int a) {
        return HalfBits.nearestBfloat((short) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_u32(int a) {
        return HalfBits.nearestBfloat(a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_s32(int a) {
        return HalfBits.nearestBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_u64(long a) {
        return HalfBits.nearestBfloat(Rounding.toOdd(near(a >>> 32, a), rest(a >>> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to bf16, rounded to nearest even. */
    public static int cvt_rn_bf16_s64(long a) {
        return HalfBits.nearestBfloat(Rounding.toOdd(near(a >> 32, a), rest(a >> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_u8(int a) {
        return HalfBits.towardsZeroBfloat(a & 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_s8(int a) {
        return HalfBits.towardsZeroBfloat((byte) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_u16(int a) {
        return HalfBits.towardsZeroBfloat(a & 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_s16(int a) {
        return HalfBits.towardsZeroBfloat((short) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_u32(int a) {
        return HalfBits.towardsZeroBfloat(a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_s32(int a) {
        return HalfBits.towardsZeroBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_u64(long a) {
        return HalfBits.towardsZeroBfloat(Rounding.toOdd(near(a >>> 32, a), rest(a >>> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to bf16, rounded towards zero. */
    public static int cvt_rz_bf16_s64(long a) {
        return HalfBits.towardsZeroBfloat(Rounding.toOdd(near(a >> 32, a), rest(a >> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to bf16, rounded down. */
    public static int cvt_rm_bf16_u8(int a) {
        return HalfBits.downBfloat(a & 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to bf16, rounded down. */
    public static int cvt_rm_bf16_s8(int a) {
        return HalfBits.downBfloat((byte) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to bf16, rounded down. */
    public static int cvt_rm_bf16_u16(int a) {
        return HalfBits.downBfloat(a & 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to bf16, rounded down. */
    public static int cvt_rm_bf16_s16(int a) {
        return HalfBits.downBfloat((short) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to bf16, rounded down. */
    public static int cvt_rm_bf16_u32(int a) {
        return HalfBits.downBfloat(a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to bf16, rounded down. */
    public static int cvt_rm_bf16_s32(int a) {
        return HalfBits.downBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to bf16, rounded down. */
    public static int cvt_rm_bf16_u64(long a) {
        return HalfBits.downBfloat(Rounding.toOdd(near(a >>> 32, a), rest(a >>> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to bf16, rounded down. */
    public static int cvt_rm_bf16_s64(long a) {
        return HalfBits.downBfloat(Rounding.toOdd(near(a >> 32, a), rest(a >> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u8 to bf16, rounded up. */
    public static int cvt_rp_bf16_u8(int a) {
        return HalfBits.upBfloat(a & 0xFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s8 to bf16, rounded up. */
    public static int cvt_rp_bf16_s8(int a) {
        return HalfBits.upBfloat((byte) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u16 to bf16, rounded up. */
    public static int cvt_rp_bf16_u16(int a) {
        return HalfBits.upBfloat(a & 0xFFFF);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s16 to bf16, rounded up. */
    public static int cvt_rp_bf16_s16(int a) {
        return HalfBits.upBfloat((short) a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u32 to bf16, rounded up. */
    public static int cvt_rp_bf16_u32(int a) {
        return HalfBits.upBfloat(a & MASK32);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s32 to bf16, rounded up. */
    public static int cvt_rp_bf16_s32(int a) {
        return HalfBits.upBfloat(a);
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: u64 to bf16, rounded up. */
    public static int cvt_rp_bf16_u64(long a) {
        return HalfBits.upBfloat(Rounding.toOdd(near(a >>> 32, a), rest(a >>> 32, a)));
    }

    /** PTX ISA Data Movement and Conversion Instructions, cvt: s64 to bf16, rounded up. */
    public static int cvt_rp_bf16_s64(long a) {
        return HalfBits.upBfloat(Rounding.toOdd(near(a >> 32, a), rest(a >> 32, a)));
    }

    /** The double nearest to a 64-bit integer given as its upper word (signed or not) and itself. */
    private static double near(long upper, long value) {
        return upper * 0x1p32 + (value & MASK32);
    }

    /** What {@link #near} lost. */
    private static double rest(long upper, long value) {
        double high = upper * 0x1p32;
        double low = value & MASK32;
        return Rounding.restOfSum(high, low, high + low);
    }
}
