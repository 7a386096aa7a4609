package org.warpgrade.engine.check;

import java.util.Arrays;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * How far a submission's element may lie from the oracle's (curriculum C4). The bound of an element never depends on
 * the submission.
 */
public sealed interface Tolerance {

    /** The allowed absolute error of one element; 0 for exact. Infinite and NaN oracle values are compared exactly. */
    double bound(OracleTensor oracle, int element);

    /** The allowed errors of all elements. */
    default double[] bounds(OracleTensor oracle) {
        double[] bounds = new double[oracle.values().length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = bound(oracle, i);
        }
        return bounds;
    }

    /** The formula in words for the report: {@code |y-o| <= 1e-6 + 1e-5 |o|}. */
    String formula();

    /** Equal values; +0 equals -0. */
    record Exact() implements Tolerance {
        @Override
        public double bound(OracleTensor oracle, int element) {
            return 0;
        }

        @Override
        public String formula() {
            return "exact";
        }
    }

    /** ELEM(a, r): {@code |y-o| <= a + r |o|}. */
    record Elementwise(double absolute, double relative) implements Tolerance {
        @Override
        public double bound(OracleTensor oracle, int element) {
            return absolute + relative * Math.abs(oracle.values()[element]);
        }

        @Override
        public String formula() {
            return "|y-o| <= " + number(absolute) + " + " + number(relative) + " |o|";
        }
    }

    /** SUM(K): {@code |y-o| <= 1e-6 + 2^-22 (4 + sqrt K) M}, M the oracle's condition sum. */
    record Sum(long terms) implements Tolerance {
        @Override
        public double bound(OracleTensor oracle, int element) {
            return 1e-6 + 0x1p-22 * (4 + Math.sqrt(terms)) * oracle.conditionSums()[element];
        }

        @Override
        public String formula() {
            return "|y-o| <= 1e-6 + 2^-22 (4 + sqrt K) M, M = sum of the K |terms|";
        }
    }

    /** NET(t): {@code |y-o| <= t (1 + |o|)}. */
    record Net(double t) implements Tolerance {
        @Override
        public double bound(OracleTensor oracle, int element) {
            return t * (1 + Math.abs(oracle.values()[element]));
        }

        @Override
        public String formula() {
            return "|y-o| <= " + number(t) + " (1 + |o|)";
        }
    }

    /** GRAD(t): {@code |y-o| <= t max|o| + 1e-7} with the maximum over the tensor. */
    record Gradient(double t) implements Tolerance {
        @Override
        public double bound(OracleTensor oracle, int element) {
            double largest = 0;
            for (double value : oracle.values()) {
                largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
            }
            return t * largest + 1e-7;
        }

        @Override
        public double[] bounds(OracleTensor oracle) {
            double[] bounds = new double[oracle.values().length];
            Arrays.fill(bounds, bounds.length == 0 ? 0 : bound(oracle, 0));
            return bounds;
        }

        @Override
        public String formula() {
            return "|y-o| <= " + number(t) + " max|o| + 1e-7";
        }
    }

    /** A bound per element that the oracle works out, with its formula in words. */
    record PerElement(double[] bounds, String formula) implements Tolerance {
        @Override
        public double bound(OracleTensor oracle, int element) {
            return bounds[element];
        }
    }

    static Tolerance exact() {
        return new Exact();
    }

    static Tolerance elem() {
        return new Elementwise(1e-6, 1e-5);
    }

    static Tolerance elem(double absolute, double relative) {
        return new Elementwise(absolute, relative);
    }

    static Tolerance sum(long terms) {
        return new Sum(terms);
    }

    static Tolerance net(double t) {
        return new Net(t);
    }

    static Tolerance grad(double t) {
        return new Gradient(t);
    }

    static Tolerance perElement(double[] bounds, String formula) {
        return new PerElement(bounds, formula);
    }

    /**
     * For two runs that should agree, each of which may be off by its bounds: what is right twice need not be within one
     * bound of itself.
     */
    static Tolerance ofTwoRuns(double[] one, double[] other) {
        double[] sum = new double[one.length];
        Arrays.setAll(sum, i -> one[i] + other[i]);
        return new PerElement(sum, "the tolerances of both runs added");
    }

    private static String number(double value) {
        return Double.toString(value).replace("E", "e").replace(".0e", "e");
    }
}
