package org.warpgrade.gpu.ptx.isa;

/**
 * The comparison operators of {@code set} and {@code setp}, one helper per operator and type.
 *
 * <p>{@code eq ne lt le gt ge} on floats are false when an input is NaN, {@code equ neu ltu leu gtu geu} are true. A
 * floating point comparison with {@code .ftz} flushes its inputs before it calls these. For {@code f16x2} an executor
 * compares the halves one by one: the 16-bit helpers ignore the upper half of what they get.
 */
public final class Comparisons {

    private Comparisons() {}

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_b16(int a, int b) {
        return (short) a == (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_b16(int a, int b) {
        return (short) a != (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_s16(int a, int b) {
        return (short) a == (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_s16(int a, int b) {
        return (short) a != (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt; b. */
    public static boolean set_lt_s16(int a, int b) {
        return (short) a < (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt;= b. */
    public static boolean set_le_s16(int a, int b) {
        return (short) a <= (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt; b. */
    public static boolean set_gt_s16(int a, int b) {
        return (short) a > (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt;= b. */
    public static boolean set_ge_s16(int a, int b) {
        return (short) a >= (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_u16(int a, int b) {
        return (short) a == (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_u16(int a, int b) {
        return (short) a != (short) b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt; b. */
    public static boolean set_lt_u16(int a, int b) {
        return (a & 0xFFFF) < (b & 0xFFFF);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt;= b. */
    public static boolean set_le_u16(int a, int b) {
        return (a & 0xFFFF) <= (b & 0xFFFF);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt; b. */
    public static boolean set_gt_u16(int a, int b) {
        return (a & 0xFFFF) > (b & 0xFFFF);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt;= b. */
    public static boolean set_ge_u16(int a, int b) {
        return (a & 0xFFFF) >= (b & 0xFFFF);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lower, unsigned. */
    public static boolean set_lo_u16(int a, int b) {
        return set_lt_u16(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lower or same, unsigned. */
    public static boolean set_ls_u16(int a, int b) {
        return set_le_u16(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: higher, unsigned. */
    public static boolean set_hi_u16(int a, int b) {
        return set_gt_u16(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: higher or same, unsigned. */
    public static boolean set_hs_u16(int a, int b) {
        return set_ge_u16(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_b32(int a, int b) {
        return a == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_b32(int a, int b) {
        return a != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_s32(int a, int b) {
        return a == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_s32(int a, int b) {
        return a != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt; b. */
    public static boolean set_lt_s32(int a, int b) {
        return a < b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt;= b. */
    public static boolean set_le_s32(int a, int b) {
        return a <= b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt; b. */
    public static boolean set_gt_s32(int a, int b) {
        return a > b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt;= b. */
    public static boolean set_ge_s32(int a, int b) {
        return a >= b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_u32(int a, int b) {
        return a == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_u32(int a, int b) {
        return a != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt; b. */
    public static boolean set_lt_u32(int a, int b) {
        return Integer.compareUnsigned(a, b) < 0;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt;= b. */
    public static boolean set_le_u32(int a, int b) {
        return Integer.compareUnsigned(a, b) <= 0;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt; b. */
    public static boolean set_gt_u32(int a, int b) {
        return Integer.compareUnsigned(a, b) > 0;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt;= b. */
    public static boolean set_ge_u32(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lower, unsigned. */
    public static boolean set_lo_u32(int a, int b) {
        return set_lt_u32(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lower or same, unsigned. */
    public static boolean set_ls_u32(int a, int b) {
        return set_le_u32(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: higher, unsigned. */
    public static boolean set_hi_u32(int a, int b) {
        return set_gt_u32(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: higher or same, unsigned. */
    public static boolean set_hs_u32(int a, int b) {
        return set_ge_u32(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_b64(long a, long b) {
        return a == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_b64(long a, long b) {
        return a != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_s64(long a, long b) {
        return a == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_s64(long a, long b) {
        return a != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt; b. */
    public static boolean set_lt_s64(long a, long b) {
        return a < b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt;= b. */
    public static boolean set_le_s64(long a, long b) {
        return a <= b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt; b. */
    public static boolean set_gt_s64(long a, long b) {
        return a > b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt;= b. */
    public static boolean set_ge_s64(long a, long b) {
        return a >= b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b. */
    public static boolean set_eq_u64(long a, long b) {
        return a == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b. */
    public static boolean set_ne_u64(long a, long b) {
        return a != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt; b. */
    public static boolean set_lt_u64(long a, long b) {
        return Long.compareUnsigned(a, b) < 0;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt;= b. */
    public static boolean set_le_u64(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt; b. */
    public static boolean set_gt_u64(long a, long b) {
        return Long.compareUnsigned(a, b) > 0;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt;= b. */
    public static boolean set_ge_u64(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lower, unsigned. */
    public static boolean set_lo_u64(long a, long b) {
        return set_lt_u64(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lower or same, unsigned. */
    public static boolean set_ls_u64(long a, long b) {
        return set_le_u64(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: higher, unsigned. */
    public static boolean set_hi_u64(long a, long b) {
        return set_gt_u64(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: higher or same, unsigned. */
    public static boolean set_hs_u64(long a, long b) {
        return set_ge_u64(a, b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b, false on NaN. */
    public static boolean set_eq_f32(float a, float b) {
        return a == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b, false on NaN. */
    public static boolean set_ne_f32(float a, float b) {
        return a < b || a > b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt; b, false on NaN. */
    public static boolean set_lt_f32(float a, float b) {
        return a < b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt;= b, false on NaN. */
    public static boolean set_le_f32(float a, float b) {
        return a <= b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt; b, false on NaN. */
    public static boolean set_gt_f32(float a, float b) {
        return a > b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt;= b, false on NaN. */
    public static boolean set_ge_f32(float a, float b) {
        return a >= b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: eq, true on NaN. */
    public static boolean set_equ_f32(float a, float b) {
        return !(a < b || a > b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ne, true on NaN. */
    public static boolean set_neu_f32(float a, float b) {
        return a != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lt, true on NaN. */
    public static boolean set_ltu_f32(float a, float b) {
        return !(a >= b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: le, true on NaN. */
    public static boolean set_leu_f32(float a, float b) {
        return !(a > b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: gt, true on NaN. */
    public static boolean set_gtu_f32(float a, float b) {
        return !(a <= b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ge, true on NaN. */
    public static boolean set_geu_f32(float a, float b) {
        return !(a < b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: neither is NaN. */
    public static boolean set_num_f32(float a, float b) {
        return a == a && b == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a or b is NaN. */
    public static boolean set_nan_f32(float a, float b) {
        return a != a || b != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a == b, false on NaN. */
    public static boolean set_eq_f64(double a, double b) {
        return a == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a != b, false on NaN. */
    public static boolean set_ne_f64(double a, double b) {
        return a < b || a > b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt; b, false on NaN. */
    public static boolean set_lt_f64(double a, double b) {
        return a < b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &lt;= b, false on NaN. */
    public static boolean set_le_f64(double a, double b) {
        return a <= b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt; b, false on NaN. */
    public static boolean set_gt_f64(double a, double b) {
        return a > b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a &gt;= b, false on NaN. */
    public static boolean set_ge_f64(double a, double b) {
        return a >= b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: eq, true on NaN. */
    public static boolean set_equ_f64(double a, double b) {
        return !(a < b || a > b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ne, true on NaN. */
    public static boolean set_neu_f64(double a, double b) {
        return a != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lt, true on NaN. */
    public static boolean set_ltu_f64(double a, double b) {
        return !(a >= b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: le, true on NaN. */
    public static boolean set_leu_f64(double a, double b) {
        return !(a > b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: gt, true on NaN. */
    public static boolean set_gtu_f64(double a, double b) {
        return !(a <= b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ge, true on NaN. */
    public static boolean set_geu_f64(double a, double b) {
        return !(a < b);
    }

    /** PTX ISA Comparison and Selection Instructions, setp: neither is NaN. */
    public static boolean set_num_f64(double a, double b) {
        return a == a && b == b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: a or b is NaN. */
    public static boolean set_nan_f64(double a, double b) {
        return a != a || b != b;
    }

    /** PTX ISA Comparison and Selection Instructions, setp: eq on half precision bits. */
    public static boolean set_eq_f16(int a, int b) {
        return set_eq_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ne on half precision bits. */
    public static boolean set_ne_f16(int a, int b) {
        return set_ne_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lt on half precision bits. */
    public static boolean set_lt_f16(int a, int b) {
        return set_lt_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: le on half precision bits. */
    public static boolean set_le_f16(int a, int b) {
        return set_le_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: gt on half precision bits. */
    public static boolean set_gt_f16(int a, int b) {
        return set_gt_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ge on half precision bits. */
    public static boolean set_ge_f16(int a, int b) {
        return set_ge_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: equ on half precision bits. */
    public static boolean set_equ_f16(int a, int b) {
        return set_equ_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: neu on half precision bits. */
    public static boolean set_neu_f16(int a, int b) {
        return set_neu_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ltu on half precision bits. */
    public static boolean set_ltu_f16(int a, int b) {
        return set_ltu_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: leu on half precision bits. */
    public static boolean set_leu_f16(int a, int b) {
        return set_leu_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: gtu on half precision bits. */
    public static boolean set_gtu_f16(int a, int b) {
        return set_gtu_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: geu on half precision bits. */
    public static boolean set_geu_f16(int a, int b) {
        return set_geu_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: num on half precision bits. */
    public static boolean set_num_f16(int a, int b) {
        return set_num_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: nan on half precision bits. */
    public static boolean set_nan_f16(int a, int b) {
        return set_nan_f32(Float.float16ToFloat((short) a), Float.float16ToFloat((short) b));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: eq on bfloat16 bits. */
    public static boolean set_eq_bf16(int a, int b) {
        return set_eq_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ne on bfloat16 bits. */
    public static boolean set_ne_bf16(int a, int b) {
        return set_ne_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: lt on bfloat16 bits. */
    public static boolean set_lt_bf16(int a, int b) {
        return set_lt_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: le on bfloat16 bits. */
    public static boolean set_le_bf16(int a, int b) {
        return set_le_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: gt on bfloat16 bits. */
    public static boolean set_gt_bf16(int a, int b) {
        return set_gt_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ge on bfloat16 bits. */
    public static boolean set_ge_bf16(int a, int b) {
        return set_ge_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: equ on bfloat16 bits. */
    public static boolean set_equ_bf16(int a, int b) {
        return set_equ_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: neu on bfloat16 bits. */
    public static boolean set_neu_bf16(int a, int b) {
        return set_neu_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: ltu on bfloat16 bits. */
    public static boolean set_ltu_bf16(int a, int b) {
        return set_ltu_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: leu on bfloat16 bits. */
    public static boolean set_leu_bf16(int a, int b) {
        return set_leu_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: gtu on bfloat16 bits. */
    public static boolean set_gtu_bf16(int a, int b) {
        return set_gtu_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: geu on bfloat16 bits. */
    public static boolean set_geu_bf16(int a, int b) {
        return set_geu_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: num on bfloat16 bits. */
    public static boolean set_num_bf16(int a, int b) {
        return set_num_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }

    /** PTX ISA Comparison and Selection Instructions, setp: nan on bfloat16 bits. */
    public static boolean set_nan_bf16(int a, int b) {
        return set_nan_f32(Float.intBitsToFloat(a << 16), Float.intBitsToFloat(b << 16));
    }
}
