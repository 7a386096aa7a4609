package org.warpgrade.gpu.ptx.isa;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Bit patterns to test with: every edge first, then a fixed random stream. */
final class Inputs {

    private static final int[] EDGES_32 = {
        0,
        1,
        2,
        3,
        -1,
        -2,
        31,
        32,
        33,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x1_0000,
        0x7FFF_FFFF,
        0x8000_0000,
        0x8000_0001,
        0x0080_0000,
        0x007F_FFFF,
        0x8080_0000,
        0x3F80_0000,
        0xBF80_0000,
        0x3F80_0001,
        0x3F7F_FFFF,
        0x7F7F_FFFF,
        0xFF7F_FFFF,
        0x7F80_0000,
        0xFF80_0000,
        0x7FC0_0000,
        0x7FFF_FFFF,
        0x4F00_0000,
        0xCF00_0000,
        0x4F80_0000,
        0x5F00_0000,
        0x5F80_0000,
        0x4B00_0000,
        0x4B00_0001,
        0x3F00_0000,
        0x3FC0_0000,
        0x4020_0000,
    };

    private static final long[] EDGES_64 = {
        0L,
        1L,
        2L,
        -1L,
        -2L,
        63L,
        64L,
        0xFFFF_FFFFL,
        0x8000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        0x0010_0000_0000_0000L,
        0x000F_FFFF_FFFF_FFFFL,
        0x3FF0_0000_0000_0000L,
        0xBFF0_0000_0000_0000L,
        0x3FEF_FFFF_FFFF_FFFFL,
        0x3FF0_0000_0000_0001L,
        0x7FEF_FFFF_FFFF_FFFFL,
        0xFFEF_FFFF_FFFF_FFFFL,
        0x7FF0_0000_0000_0000L,
        0xFFF0_0000_0000_0000L,
        0x7FF8_0000_0000_0000L,
        0x41E0_0000_0000_0000L,
        0x43E0_0000_0000_0000L,
        0x43F0_0000_0000_0000L,
        0x3FE0_0000_0000_0000L,
        0x20_0000_0000_0001L,
        0x7FFF_FFFF_FFFF_FC00L,
        0x7FFF_FFFF_FFFF_FE01L,
        0x36A0_0000_0000_0000L,
    };

    private Inputs() {}

    /** Edges, then random patterns of all sizes. */
    static IntStream ints(int random) {
        SplittableRandom source = new SplittableRandom(0x5EED);
        return IntStream.concat(
                IntStream.of(EDGES_32),
                IntStream.generate(() -> source.nextInt() >> source.nextInt(32)).limit(random));
    }

    /** Edges, then random patterns of all sizes. */
    static LongStream longs(int random) {
        SplittableRandom source = new SplittableRandom(0x5EED);
        return LongStream.concat(
                LongStream.of(EDGES_64),
                LongStream.generate(() -> source.nextLong() >> source.nextInt(64))
                        .limit(random));
    }

    /** Edges, then floats of every exponent, half of them close to 1 where cancellation and ties are. */
    static float[] floats(int random) {
        SplittableRandom source = new SplittableRandom(0xF10A7);
        float[] floats = new float[EDGES_32.length + random];
        for (int i = 0; i < floats.length; i++) {
            int bits = i < EDGES_32.length ? EDGES_32[i] : source.nextInt();
            if (i >= EDGES_32.length && (i & 1) == 0) {
                bits = (bits & 0x80FF_FFFF) | (0x3C + (bits >>> 24 & 7)) << 24;
            }
            if (i >= EDGES_32.length && (i & 3) == 0) {
                bits &= 0xFFFF_F000;
            }
            floats[i] = Float.intBitsToFloat(bits);
        }
        return floats;
    }

    /** Edges, then doubles of every exponent, half of them close to 1. */
    static double[] doubles(int random) {
        SplittableRandom source = new SplittableRandom(0xD0B1E);
        double[] doubles = new double[EDGES_64.length + random];
        for (int i = 0; i < doubles.length; i++) {
            long bits = i < EDGES_64.length ? EDGES_64[i] : source.nextLong();
            if (i >= EDGES_64.length && (i & 1) == 0) {
                bits = (bits & 0x800F_FFFF_FFFF_FFFFL) | (0x3F8 + (bits >>> 52 & 15)) << 52;
            }
            if (i >= EDGES_64.length && (i & 3) == 0) {
                bits &= 0xFFFF_FFFF_F000_0000L;
            }
            doubles[i] = Double.longBitsToDouble(bits);
        }
        return doubles;
    }

    /** Which neighbour a rounding takes. */
    enum Direction {
        NEAREST,
        ZERO,
        DOWN,
        UP
    }

    /** The float that an exact non-zero value rounds to, by comparison with its neighbours. */
    static float toFloat(BigDecimal exact, Direction direction) {
        float below = exact.floatValue();
        if (below == Float.POSITIVE_INFINITY
                || (below != Float.NEGATIVE_INFINITY && decimal(below).compareTo(exact) > 0)) {
            below = Math.nextDown(below);
        }
        float above =
                below != Float.NEGATIVE_INFINITY && decimal(below).compareTo(exact) == 0 ? below : Math.nextUp(below);
        boolean negative = exact.signum() < 0;
        float result = switch (direction) {
            case NEAREST -> exact.floatValue();
            case ZERO -> negative ? above : below;
            case DOWN -> below;
            case UP -> above;
        };
        return result == 0 ? (negative ? -0.0f : 0.0f) : result;
    }

    /** The double that an exact non-zero value rounds to, by comparison with its neighbours. */
    static double toDouble(BigDecimal exact, Direction direction) {
        double below = exact.doubleValue();
        if (below == Double.POSITIVE_INFINITY
                || (below != Double.NEGATIVE_INFINITY && new BigDecimal(below).compareTo(exact) > 0)) {
            below = Math.nextDown(below);
        }
        double above = below != Double.NEGATIVE_INFINITY && new BigDecimal(below).compareTo(exact) == 0
                ? below
                : Math.nextUp(below);
        boolean negative = exact.signum() < 0;
        double result = switch (direction) {
            case NEAREST -> exact.doubleValue();
            case ZERO -> negative ? above : below;
            case DOWN -> below;
            case UP -> above;
        };
        return result == 0 ? (negative ? -0.0 : 0.0) : result;
    }

    static BigInteger unsigned(long value) {
        BigInteger number = BigInteger.valueOf(value);
        return value < 0 ? number.add(BigInteger.ONE.shiftLeft(64)) : number;
    }

    private static BigDecimal decimal(float value) {
        return new BigDecimal(value);
    }
}
