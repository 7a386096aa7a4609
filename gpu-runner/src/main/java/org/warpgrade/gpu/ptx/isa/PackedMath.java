package org.warpgrade.gpu.ptx.isa;

/**
 * Integer arithmetic on the bytes and halves of a 32-bit word: dot products and SIMD video instructions.
 */
public final class PackedMath {

    private PackedMath() {}

    /** PTX ISA Integer Arithmetic Instructions, dp4a: c plus the dot product of four bytes, a unsigned, b unsigned. */
    public static int dp4a_u32_u32(int a, int b, int c) {
        return c
                + (a & 0xFF) * (b & 0xFF)
                + (a >>> 8 & 0xFF) * (b >>> 8 & 0xFF)
                + (a >>> 16 & 0xFF) * (b >>> 16 & 0xFF)
                + (a >>> 24 & 0xFF) * (b >>> 24 & 0xFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp4a: c plus the dot product of four bytes, a unsigned, b signed. */
    public static int dp4a_u32_s32(int a, int b, int c) {
        return c
                + (a & 0xFF) * (byte) b
                + (a >>> 8 & 0xFF) * (byte) (b >> 8)
                + (a >>> 16 & 0xFF) * (byte) (b >> 16)
                + (a >>> 24 & 0xFF) * (byte) (b >> 24);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp4a: c plus the dot product of four bytes, a signed, b unsigned. */
    public static int dp4a_s32_u32(int a, int b, int c) {
        return c
                + (byte) a * (b & 0xFF)
                + (byte) (a >> 8) * (b >>> 8 & 0xFF)
                + (byte) (a >> 16) * (b >>> 16 & 0xFF)
                + (byte) (a >> 24) * (b >>> 24 & 0xFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp4a: c plus the dot product of four bytes, a signed, b signed. */
    public static int dp4a_s32_s32(int a, int b, int c) {
        return c
                + (byte) a * (byte) b
                + (byte) (a >> 8) * (byte) (b >> 8)
                + (byte) (a >> 16) * (byte) (b >> 16)
                + (byte) (a >> 24) * (byte) (b >> 24);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp2a: {@code .lo}: c plus both halves of a times two bytes of b. */
    public static int dp2a_lo_u32_u32(int a, int b, int c) {
        return c + (a & 0xFFFF) * (b & 0xFF) + (a >>> 16) * (b >>> 8 & 0xFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp2a: {@code .lo}: c plus both halves of a times two bytes of b. */
    public static int dp2a_lo_u32_s32(int a, int b, int c) {
        return c + (a & 0xFFFF) * (byte) b + (a >>> 16) * (byte) (b >> 8);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp2a: {@code .lo}: c plus both halves of a times two bytes of b. */
    public static int dp2a_lo_s32_u32(int a, int b, int c) {
        return c + (short) a * (b & 0xFF) + (a >> 16) * (b >>> 8 & 0xFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp2a: {@code .lo}: c plus both halves of a times two bytes of b. */
    public static int dp2a_lo_s32_s32(int a, int b, int c) {
        return c + (short) a * (byte) b + (a >> 16) * (byte) (b >> 8);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp2a: {@code .hi}: c plus both halves of a times two bytes of b. */
    public static int dp2a_hi_u32_u32(int a, int b, int c) {
        return c + (a & 0xFFFF) * (b >>> 16 & 0xFF) + (a >>> 16) * (b >>> 24 & 0xFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp2a: {@code .hi}: c plus both halves of a times two bytes of b. */
    public static int dp2a_hi_u32_s32(int a, int b, int c) {
        return c + (a & 0xFFFF) * (byte) (b >> 16) + (a >>> 16) * (byte) (b >> 24);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp2a: {@code .hi}: c plus both halves of a times two bytes of b. */
    public static int dp2a_hi_s32_u32(int a, int b, int c) {
        return c + (short) a * (b >>> 16 & 0xFF) + (a >> 16) * (b >>> 24 & 0xFF);
    }

    /** PTX ISA Integer Arithmetic Instructions, dp2a: {@code .hi}: c plus both halves of a times two bytes of b. */
    public static int dp2a_hi_s32_s32(int a, int b, int c) {
        return c + (short) a * (byte) (b >> 16) + (a >> 16) * (byte) (b >> 24);
    }

    private static int absoluteDifference(int a, int b, boolean signedA, boolean signedB) {
        return Math.abs((signedA ? (byte) a : a & 0xFF) - (signedB ? (byte) b : b & 0xFF));
    }

    /**
     * PTX ISA SIMD Video Instructions, vabsdiff4: byte by byte the absolute difference of a and b; c has no effect
     * without a mask.
     */
    public static int vabsdiff4_u32_u32_u32(int a, int b, int c) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (absoluteDifference(a >> shift, b >> shift, false, false) & 0xFF) << shift;
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff4: {@code .add}: c plus the absolute differences of the four bytes. */
    public static int vabsdiff4_u32_u32_u32_add(int a, int b, int c) {
        int result = c;
        for (int shift = 0; shift < 32; shift += 8) {
            result += absoluteDifference(a >> shift, b >> shift, false, false);
        }
        return result;
    }

    /**
     * PTX ISA SIMD Video Instructions, vabsdiff4: byte by byte the absolute difference of a and b; c has no effect
     * without a mask.
     */
    public static int vabsdiff4_u32_u32_s32(int a, int b, int c) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (absoluteDifference(a >> shift, b >> shift, false, true) & 0xFF) << shift;
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff4: {@code .add}: c plus the absolute differences of the four bytes. */
    public static int vabsdiff4_u32_u32_s32_add(int a, int b, int c) {
        int result = c;
        for (int shift = 0; shift < 32; shift += 8) {
            result += absoluteDifference(a >> shift, b >> shift, false, true);
        }
        return result;
    }

    /**
     * PTX ISA SIMD Video Instructions, vabsdiff4: byte by byte the absolute difference of a and b; c has no effect
     * without a mask.
     */
    public static int vabsdiff4_u32_s32_u32(int a, int b, int c) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (absoluteDifference(a >> shift, b >> shift, true, false) & 0xFF) << shift;
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff4: {@code .add}: c plus the absolute differences of the four bytes. */
    public static int vabsdiff4_u32_s32_u32_add(int a, int b, int c) {
        int result = c;
        for (int shift = 0; shift < 32; shift += 8) {
            result += absoluteDifference(a >> shift, b >> shift, true, false);
        }
        return result;
    }

    /**
     * PTX ISA SIMD Video Instructions, vabsdiff4: byte by byte the absolute difference of a and b; c has no effect
     * without a mask.
     */
    public static int vabsdiff4_u32_s32_s32(int a, int b, int c) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (absoluteDifference(a >> shift, b >> shift, true, true) & 0xFF) << shift;
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff4: {@code .add}: c plus the absolute differences of the four bytes. */
    public static int vabsdiff4_u32_s32_s32_add(int a, int b, int c) {
        int result = c;
        for (int shift = 0; shift < 32; shift += 8) {
            result += absoluteDifference(a >> shift, b >> shift, true, true);
        }
        return result;
    }

    /**
     * PTX ISA SIMD Video Instructions, vabsdiff4: byte by byte the absolute difference of a and b; c has no effect
     * without a mask.
     */
    public static int vabsdiff4_s32_u32_u32(int a, int b, int c) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (absoluteDifference(a >> shift, b >> shift, false, false) & 0xFF) << shift;
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff4: {@code .add}: c plus the absolute differences of the four bytes. */
    public static int vabsdiff4_s32_u32_u32_add(int a, int b, int c) {
        int result = c;
        for (int shift = 0; shift < 32; shift += 8) {
            result += absoluteDifference(a >> shift, b >> shift, false, false);
        }
        return result;
    }

    /**
     * PTX ISA SIMD Video Instructions, vabsdiff4: byte by byte the absolute difference of a and b; c has no effect
     * without a mask.
     */
    public static int vabsdiff4_s32_u32_s32(int a, int b, int c) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (absoluteDifference(a >> shift, b >> shift, false, true) & 0xFF) << shift;
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff4: {@code .add}: c plus the absolute differences of the four bytes. */
    public static int vabsdiff4_s32_u32_s32_add(int a, int b, int c) {
        int result = c;
        for (int shift = 0; shift < 32; shift += 8) {
            result += absoluteDifference(a >> shift, b >> shift, false, true);
        }
        return result;
    }

    /**
     * PTX ISA SIMD Video Instructions, vabsdiff4: byte by byte the absolute difference of a and b; c has no effect
     * without a mask.
     */
    public static int vabsdiff4_s32_s32_u32(int a, int b, int c) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (absoluteDifference(a >> shift, b >> shift, true, false) & 0xFF) << shift;
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff4: {@code .add}: c plus the absolute differences of the four bytes. */
    public static int vabsdiff4_s32_s32_u32_add(int a, int b, int c) {
        int result = c;
        for (int shift = 0; shift < 32; shift += 8) {
            result += absoluteDifference(a >> shift, b >> shift, true, false);
        }
        return result;
    }

    /**
     * PTX ISA SIMD Video Instructions, vabsdiff4: byte by byte the absolute difference of a and b; c has no effect
     * without a mask.
     */
    public static int vabsdiff4_s32_s32_s32(int a, int b, int c) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (absoluteDifference(a >> shift, b >> shift, true, true) & 0xFF) << shift;
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff4: {@code .add}: c plus the absolute differences of the four bytes. */
    public static int vabsdiff4_s32_s32_s32_add(int a, int b, int c) {
        int result = c;
        for (int shift = 0; shift < 32; shift += 8) {
            result += absoluteDifference(a >> shift, b >> shift, true, true);
        }
        return result;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: half by half the absolute difference of a and b. */
    public static int vabsdiff2_u32_u32_u32(int a, int b, int c) {
        return halfDifference(a, b, false, false) & 0xFFFF | halfDifference(a >> 16, b >> 16, false, false) << 16;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: {@code .add}: c plus the absolute differences of both halves. */
    public static int vabsdiff2_u32_u32_u32_add(int a, int b, int c) {
        return c + halfDifference(a, b, false, false) + halfDifference(a >> 16, b >> 16, false, false);
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: half by half the absolute difference of a and b. */
    public static int vabsdiff2_u32_u32_s32(int a, int b, int c) {
        return halfDifference(a, b, false, true) & 0xFFFF | halfDifference(a >> 16, b >> 16, false, true) << 16;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: {@code .add}: c plus the absolute differences of both halves. */
    public static int vabsdiff2_u32_u32_s32_add(int a, int b, int c) {
        return c + halfDifference(a, b, false, true) + halfDifference(a >> 16, b >> 16, false, true);
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: half by half the absolute difference of a and b. */
    public static int vabsdiff2_u32_s32_u32(int a, int b, int c) {
        return halfDifference(a, b, true, false) & 0xFFFF | halfDifference(a >> 16, b >> 16, true, false) << 16;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: {@code .add}: c plus the absolute differences of both halves. */
    public static int vabsdiff2_u32_s32_u32_add(int a, int b, int c) {
        return c + halfDifference(a, b, true, false) + halfDifference(a >> 16, b >> 16, true, false);
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: half by half the absolute difference of a and b. */
    public static int vabsdiff2_u32_s32_s32(int a, int b, int c) {
        return halfDifference(a, b, true, true) & 0xFFFF | halfDifference(a >> 16, b >> 16, true, true) << 16;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: {@code .add}: c plus the absolute differences of both halves. */
    public static int vabsdiff2_u32_s32_s32_add(int a, int b, int c) {
        return c + halfDifference(a, b, true, true) + halfDifference(a >> 16, b >> 16, true, true);
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: half by half the absolute difference of a and b. */
    public static int vabsdiff2_s32_u32_u32(int a, int b, int c) {
        return halfDifference(a, b, false, false) & 0xFFFF | halfDifference(a >> 16, b >> 16, false, false) << 16;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: {@code .add}: c plus the absolute differences of both halves. */
    public static int vabsdiff2_s32_u32_u32_add(int a, int b, int c) {
        return c + halfDifference(a, b, false, false) + halfDifference(a >> 16, b >> 16, false, false);
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: half by half the absolute difference of a and b. */
    public static int vabsdiff2_s32_u32_s32(int a, int b, int c) {
        return halfDifference(a, b, false, true) & 0xFFFF | halfDifference(a >> 16, b >> 16, false, true) << 16;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: {@code .add}: c plus the absolute differences of both halves. */
    public static int vabsdiff2_s32_u32_s32_add(int a, int b, int c) {
        return c + halfDifference(a, b, false, true) + halfDifference(a >> 16, b >> 16, false, true);
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: half by half the absolute difference of a and b. */
    public static int vabsdiff2_s32_s32_u32(int a, int b, int c) {
        return halfDifference(a, b, true, false) & 0xFFFF | halfDifference(a >> 16, b >> 16, true, false) << 16;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: {@code .add}: c plus the absolute differences of both halves. */
    public static int vabsdiff2_s32_s32_u32_add(int a, int b, int c) {
        return c + halfDifference(a, b, true, false) + halfDifference(a >> 16, b >> 16, true, false);
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: half by half the absolute difference of a and b. */
    public static int vabsdiff2_s32_s32_s32(int a, int b, int c) {
        return halfDifference(a, b, true, true) & 0xFFFF | halfDifference(a >> 16, b >> 16, true, true) << 16;
    }

    /** PTX ISA SIMD Video Instructions, vabsdiff2: {@code .add}: c plus the absolute differences of both halves. */
    public static int vabsdiff2_s32_s32_s32_add(int a, int b, int c) {
        return c + halfDifference(a, b, true, true) + halfDifference(a >> 16, b >> 16, true, true);
    }

    /** |a - b| of the lower halves, each taken as signed or not. */
    private static int halfDifference(int a, int b, boolean signedA, boolean signedB) {
        return Math.abs((signedA ? (short) a : a & 0xFFFF) - (signedB ? (short) b : b & 0xFFFF));
    }
}
