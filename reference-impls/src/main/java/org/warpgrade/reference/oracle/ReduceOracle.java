package org.warpgrade.reference.oracle;

import java.util.Arrays;

/**
 * Reductions of an [outer][n][inner] tensor over its middle axis, in double precision.
 *
 * <p>NaN as in PyTorch's {@code max} and {@code argmax}: a NaN beats every number, and the first NaN is the one that is
 * found. Ties go to the lowest index, which is fixed by the assignment.
 */
public final class ReduceOracle {

    /** In the order of the codes that the entry takes. */
    public enum Op {
        SUM,
        MAX,
        ARGMAX,
        MEAN,
        NORM
    }

    /** A number made of one column: the n values that one output is made of. */
    @FunctionalInterface
    public interface Column {
        double of(double[] column);
    }

    private ReduceOracle() {}

    /**
     * The reduced tensor [outer][inner]; argmax gives the index as a number. Condition sums: sum of |x| for the sum, that
     * over n for the mean, the value itself for everything else.
     */
    public static OracleTensor reduce(Op op, float[] x, int outer, int n, int inner) {
        OracleTensor result = over(x, outer, n, inner, column -> reduce(op, column));
        return switch (op) {
            case SUM -> withSums(result, over(x, outer, n, inner, ReduceOracle::magnitude));
            case MEAN -> withSums(result, over(x, outer, n, inner, column -> magnitude(column) / n));
            case MAX, ARGMAX, NORM -> result;
        };
    }

    /** The indices of the largest values, [outer][inner]. */
    public static int[] argmax(float[] x, int outer, int n, int inner) {
        return Arrays.stream(reduce(Op.ARGMAX, x, outer, n, inner).values())
                .mapToInt(index -> (int) index)
                .toArray();
    }

    /** Any function of the columns, as a tensor [outer][inner]. */
    public static OracleTensor over(float[] x, int outer, int n, int inner, Column function) {
        double[] values = new double[outer * inner];
        double[] column = new double[n];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                for (int k = 0; k < n; k++) {
                    column[k] = x[(o * n + k) * inner + i];
                }
                values[o * inner + i] = function.of(column);
            }
        }
        return OracleTensor.of("y", values, outer, inner);
    }

    /** One column reduced. */
    public static double reduce(Op op, double[] column) {
        return switch (op) {
            case SUM -> sum(column);
            case MEAN -> sum(column) / column.length;
            case NORM -> norm(column);
            case ARGMAX -> argmax(column);
            case MAX -> column[argmax(column)];
        };
    }

    private static double sum(double[] column) {
        double sum = 0;
        for (double value : column) {
            sum += value;
        }
        return sum;
    }

    private static double magnitude(double[] column) {
        double sum = 0;
        for (double value : column) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /** Squares of floats neither overflow nor vanish in double. */
    private static double norm(double[] column) {
        double sum = 0;
        for (double value : column) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static int argmax(double[] column) {
        int best = 0;
        for (int k = 0; k < column.length; k++) {
            if (Double.isNaN(column[k])) {
                return k;
            }
            if (column[k] > column[best]) {
                best = k;
            }
        }
        return best;
    }

    private static OracleTensor withSums(OracleTensor result, OracleTensor sums) {
        return new OracleTensor(result.name(), result.shape(), result.values(), sums.values());
    }
}
