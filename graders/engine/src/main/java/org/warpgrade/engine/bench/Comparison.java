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

    static Comparison of(double[] actual, BitSet unwritten, OracleTensor expected, Tolerance tolerance) {
        double[] bounds = tolerance.bounds(expected);
        return of(actual.length, unwritten, i -> ratio(actual[i], expected.values()[i], bounds[i]));
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
