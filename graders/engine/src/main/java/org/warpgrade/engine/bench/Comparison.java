package org.warpgrade.engine.bench;

import java.util.BitSet;
import java.util.function.IntToDoubleFunction;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * Which elements are out of bounds.
 *
 * @param wrong elements whose error is not within the bound; NaN never is, unless it is expected
 * @param worstRatio the largest error over its bound, also when all is right
 */
record Comparison(BitSet wrong, double worstRatio) {

    /** @param ratio error over bound of an element; at most 1 if it is right */
    static Comparison of(int elements, BitSet unwritten, IntToDoubleFunction ratio) {
        BitSet wrong = new BitSet();
        double worst = 0;
        for (int i = 0; i < elements; i++) {
            double r = unwritten.get(i) ? Double.POSITIVE_INFINITY : ratio.applyAsDouble(i);
            worst = Math.max(worst, r);
            if (!(r <= 1)) {
                wrong.set(i);
            }
        }
        return new Comparison(wrong, worst);
    }

    /**
     * Compares with an oracle. In single precision no error is counted where the value is the float nearest to the expected
     * one: no submission can come closer, so a tolerance of a few roundings leaves a margin too.
     */
    static Comparison of(
            double[] actual, boolean singlePrecision, BitSet unwritten, OracleTensor expected, Tolerance tolerance) {
        double[] bounds = tolerance.bounds(expected);
        double[] values = expected.values();
        return of(actual.length, unwritten, i -> {
            boolean nearest = singlePrecision && actual[i] == (float) values[i];
            return nearest ? 0 : ratio(actual[i], values[i], bounds[i]);
        });
    }

    /** Error over bound; infinite where no error is allowed and there is one, or where one of the two is NaN alone. */
    static double ratio(double actual, double expected, double bound) {
        if (Double.isNaN(expected) || Double.isNaN(actual)) {
            return Double.isNaN(expected) && Double.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (actual == expected) {
            return 0;
        }
        if (Double.isInfinite(expected) || Double.isInfinite(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        double error = Math.abs(actual - expected);
        return error <= bound ? error / bound : Math.max(error / bound, Math.nextUp(1.0));
    }
}
