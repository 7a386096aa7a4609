package org.warpgrade.engine.diagnosis;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A tensor that came out wrong, with all that helps to see why.
 *
 * @param name the tensor's; an input of the same name is what it held before the call
 * @param shape extents, outermost first
 * @param expected the oracle's values, row-major
 * @param actual the submission's values
 * @param wrong the elements beyond their bound; at least one
 * @param unwritten the elements that nobody wrote; each is wrong too
 * @param blockSizes threads per block of the launches of the run, distinct
 * @param inputs what the entry was given to read
 */
public record Evidence(
        String name,
        int[] shape,
        double[] expected,
        double[] actual,
        BitSet wrong,
        BitSet unwritten,
        List<Integer> blockSizes,
        List<Input> inputs) {

    /** A buffer that the entry could read. */
    public record Input(String name, double[] values) {}

    public Evidence {
        if (wrong.isEmpty() || expected.length != actual.length || expected.length == 0) {
            throw new IllegalArgumentException("nothing is wrong with " + expected.length + " elements");
        }
        blockSizes = List.copyOf(blockSizes);
        inputs = List.copyOf(inputs);
    }

    /** The same tensor with only the elements that nobody wrote: where a loop or a grid ended. */
    Evidence ofUnwritten() {
        return new Evidence(name, shape, expected, actual, unwritten, unwritten, blockSizes, inputs);
    }

    int elements() {
        return expected.length;
    }

    /** The last extent; a tensor of rank 0 or 1 is one row. */
    int columns() {
        return shape.length == 0 ? 1 : shape[shape.length - 1];
    }

    int rows() {
        return elements() / columns();
    }

    /** Whether people would speak of elements rather than of rows and columns. */
    boolean isOneRow() {
        return rows() == 1;
    }

    boolean isWrong(int row, int column) {
        return wrong.get(row * columns() + column);
    }

    /** The largest magnitude that was expected: what "nearly zero" is measured by. */
    double scale() {
        double largest = 0;
        for (double value : expected) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        return largest;
    }

    /** Equal but for rounding: far tighter than any mistake, far looser than single precision. */
    static boolean alike(double a, double b, double scale) {
        if (Double.isNaN(a) || Double.isNaN(b) || Double.isInfinite(a) || Double.isInfinite(b)) {
            return Double.compare(a, b) == 0;
        }
        return Math.abs(a - b) <= 1e-4 * Math.max(Math.abs(a), Math.abs(b)) + 1e-6 * scale;
    }

    /** How many clearly different values were expected among the wrong elements, counted up to 3. */
    int distinctExpected() {
        double scale = scale();
        double[] seen = new double[3];
        int count = 0;
        for (int i = wrong.nextSetBit(0); i >= 0 && count < 3; i = wrong.nextSetBit(i + 1)) {
            boolean known = false;
            for (int k = 0; k < count; k++) {
                known |= alike(seen[k], expected[i], scale);
            }
            if (!known) {
                seen[count++] = expected[i];
            }
        }
        return count;
    }

    /** Whether the property holds for every wrong element. */
    boolean everyWrong(IntPredicate property) {
        return wrong.stream().allMatch(property);
    }
}
