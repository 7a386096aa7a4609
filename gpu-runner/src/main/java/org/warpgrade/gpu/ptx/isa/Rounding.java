package org.warpgrade.gpu.ptx.isa;

import java.math.BigDecimal;

/**
 * Directed rounding of an exact value given as the nearest double and what is missing.
 *
 * <p>Throughout, {@code near} is the exact value rounded to the nearest double and {@code rest} has the sign of (exact
 * value - near); it is zero or NaN when near is exact or special. Rounding is monotonic, so near rounded once more to
 * float brackets the exact value: the directed result is that float or its neighbour.
 */
final class Rounding {

    private Rounding() {}

    /** The largest float not above the exact value. */
    static float down(double near, double rest) {
        float rounded = (float) near;
        return rounded > near || (rounded == near && rest < 0) ? Math.nextDown(rounded) : rounded;
    }

    /** The smallest float not below the exact value. */
    static float up(double near, double rest) {
        float rounded = (float) near;
        return rounded < near || (rounded == near && rest > 0) ? Math.nextUp(rounded) : rounded;
    }

    /** The float next to the exact value on the side of zero. */
    static float towardsZero(double near, double rest) {
        return near < 0 ? up(near, rest) : down(near, rest);
    }

    /** The largest double not above the exact value. */
    static double downToDouble(double near, double rest) {
        return rest < 0 ? Math.nextDown(near) : near;
    }

    /** The smallest double not below the exact value. */
    static double upToDouble(double near, double rest) {
        return rest > 0 ? Math.nextUp(near) : near;
    }

    /** The double next to the exact value on the side of zero. */
    static double towardsZeroToDouble(double near, double rest) {
        return near < 0 || (near == 0 && rest < 0) ? upToDouble(near, rest) : downToDouble(near, rest);
    }

    /** The exact value rounded to odd: a second rounding to at most 51 bits is then the right one. */
    static double toOdd(double near, double rest) {
        long bits = Double.doubleToRawLongBits(near);
        if (rest == 0 || rest != rest || (bits & 1) != 0) {
            return near;
        }
        return Double.longBitsToDouble((rest > 0) == (near > 0) ? bits + 1 : bits - 1);
    }

    /** What a + b lost when it was rounded to {@code sum}; exact unless sum overflowed. */
    static double restOfSum(double a, double b, double sum) {
        return Math.abs(a) >= Math.abs(b) ? b - (sum - a) : a - (sum - b);
    }

    /** Sign of what a + b lost when rounded to {@code sum}, also when sum overflowed. */
    static double signOfRestOfSum(double a, double b, double sum) {
        if (Double.isInfinite(sum)) {
            return overflowSign(Double.isFinite(a) && Double.isFinite(b), sum);
        }
        return restOfSum(a, b, sum);
    }

    /** Sign of what a * b lost when rounded to {@code product}. */
    static double signOfRestOfProduct(double a, double b, double product) {
        double size = Math.abs(product);
        if (size > 0x1p-900 && size <= Double.MAX_VALUE) {
            return Math.fma(a, b, -product);
        }
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            return 0;
        }
        if (Double.isInfinite(product)) {
            return overflowSign(true, product);
        }
        return new BigDecimal(a).multiply(new BigDecimal(b)).compareTo(new BigDecimal(product));
    }

    /** Sign of what a * b + c lost when rounded to {@code sum}. */
    static double signOfRestOfFma(double a, double b, double c, double sum) {
        double product = a * b;
        if (ordinary(product) && ordinary(sum) && (c == 0 || ordinary(c))) {
            double low = Math.fma(a, b, -product);
            double tail = c + low;
            double tailRest = restOfSum(c, low, tail);
            double head = product + tail;
            double headRest = restOfSum(product, tail, head);
            return (head - sum + headRest) + tailRest;
        }
        if (!Double.isFinite(a) || !Double.isFinite(b) || !Double.isFinite(c)) {
            return 0;
        }
        if (Double.isInfinite(sum)) {
            return overflowSign(true, sum);
        }
        BigDecimal exact = new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
        return exact.compareTo(new BigDecimal(sum));
    }

    /** Sign of what a / b lost when rounded to {@code quotient}. */
    static double signOfRestOfQuotient(double a, double b, double quotient) {
        if (ordinary(a) && ordinary(b) && ordinary(quotient)) {
            double remainder = Math.fma(-quotient, b, a);
            return b < 0 ? -remainder : remainder;
        }
        if (!Double.isFinite(a) || !Double.isFinite(b) || b == 0) {
            return 0;
        }
        if (Double.isInfinite(quotient)) {
            return overflowSign(true, quotient);
        }
        int sign = new BigDecimal(a).compareTo(new BigDecimal(quotient).multiply(new BigDecimal(b)));
        return b < 0 ? -sign : sign;
    }

    /** Sign of what the square root of a lost when rounded to {@code root}. */
    static double signOfRestOfRoot(double a, double root) {
        return a < 0x1p-900 ? Math.fma(-(root * 0x1p100), root * 0x1p100, a * 0x1p200) : Math.fma(-root, root, a);
    }

    private static boolean ordinary(double value) {
        double size = Math.abs(value);
        return size > 0x1p-900 && size < 0x1p900;
    }

    /** An overflowed result lies beyond the finite exact value. */
    private static double overflowSign(boolean finiteInputs, double infinity) {
        return finiteInputs ? -infinity : 0;
    }
}
