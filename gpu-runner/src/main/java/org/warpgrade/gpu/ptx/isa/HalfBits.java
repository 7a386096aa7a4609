package org.warpgrade.gpu.ptx.isa;

/**
 * Between half precision or bfloat16 bits and wider floats, with every rounding.
 *
 * <p>Narrowing from double goes through the float rounded to odd, which keeps enough to make the second rounding the
 * right one. A NaN becomes 0x7FFF, as the hardware makes it.
 */
final class HalfBits {

    private static final int CANONICAL_NAN = 0x7FFF;

    private HalfBits() {}

    /** The value of half precision bits. */
    static float widen(int bits) {
        return Float.float16ToFloat((short) bits);
    }

    /** The value of bfloat16 bits. */
    static float widenBfloat(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The nearest half, ties to even. */
    static int nearest(float value) {
        return value == value ? Float.floatToFloat16(value) & 0xFFFF : CANONICAL_NAN;
    }

    /** The nearest half, ties to even. */
    static int nearest(double value) {
        return nearest(toOddFloat(value));
    }

    /** The nearest bfloat16, ties to even. */
    static int nearestBfloat(float value) {
        if (value != value) {
            return CANONICAL_NAN;
        }
        int bits = Float.floatToRawIntBits(value);
        return bits + 0x7FFF + (bits >>> 16 & 1) >>> 16;
    }

    /** The nearest bfloat16, ties to even. */
    static int nearestBfloat(double value) {
        return nearestBfloat(toOddFloat(value));
    }

    /** The largest half not above the value. */
    static int down(double value) {
        int near = nearest(value);
        return widen(near) > value ? nextDown(near) : near;
    }

    /** The smallest half not below the value. */
    static int up(double value) {
        int near = nearest(value);
        return widen(near) < value ? nextUp(near) : near;
    }

    /** The half next to the value on the side of zero. */
    static int towardsZero(double value) {
        return value < 0 ? up(value) : down(value);
    }

    /** The largest bfloat16 not above the value. */
    static int downBfloat(double value) {
        int near = nearestBfloat(value);
        return widenBfloat(near) > value ? nextDown(near) : near;
    }

    /** The smallest bfloat16 not below the value. */
    static int upBfloat(double value) {
        int near = nearestBfloat(value);
        return widenBfloat(near) < value ? nextUp(near) : near;
    }

    /** The bfloat16 next to the value on the side of zero. */
    static int towardsZeroBfloat(double value) {
        return value < 0 ? upBfloat(value) : downBfloat(value);
    }

    private static int nextDown(int bits) {
        if ((bits & 0x7FFF) == 0) {
            return 0x8001;
        }
        return bits < 0x8000 ? bits - 1 : bits + 1;
    }

    private static int nextUp(int bits) {
        return nextDown(bits ^ 0x8000) ^ 0x8000;
    }

    private static float toOddFloat(double value) {
        float rounded = (float) value;
        if (rounded == value || rounded != rounded || (Float.floatToRawIntBits(rounded) & 1) != 0) {
            return rounded;
        }
        return rounded < value ? Math.nextUp(rounded) : Math.nextDown(rounded);
    }
}
