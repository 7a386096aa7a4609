package org.warpgrade.gpu.ptx.isa;

/**
 * NaNs of double arithmetic as the hardware has them, whichever the JVM's arithmetic gave: an operation on a NaN hands the
 * payload of the first one on, made quiet; one that makes a NaN of numbers gives 0xFFF8000000000000. (PTX ISA, Floating Point
 * Instructions: payloads of {@code .f64} are kept.)
 */
public final class DoubleNans {

    private static final long QUIET = 1L << 51;

    private DoubleNans() {}

    /** The result of an operation on one value. */
    public static double handOn(double result, double a) {
        return result == result ? result : quiet(a, a, a);
    }

    /** The result of an operation on two values. */
    public static double handOn(double result, double a, double b) {
        return result == result ? result : quiet(a, b, b);
    }

    /** The result of an operation on three values. */
    public static double handOn(double result, double a, double b, double c) {
        return result == result ? result : quiet(a, b, c);
    }

    private static double quiet(double a, double b, double c) {
        double first = a != a ? a : b != b ? b : c;
        return first == first
                ? DoubleMath.canonical_f64(Double.NaN)
                : Double.longBitsToDouble(Double.doubleToRawLongBits(first) | QUIET);
    }
}
