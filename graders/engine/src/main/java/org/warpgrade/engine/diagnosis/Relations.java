package org.warpgrade.engine.diagnosis;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Patterns between elements: the right values at the wrong places, or sums that do not come out. */
final class Relations {

    private Relations() {}

    /** Each matrix is written column by column. */
    static final class Transposed implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int rank = evidence.shape().length;
            if (rank < 2 || evidence.distinctExpected() < 3) {
                return null;
            }
            int rows = evidence.shape()[rank - 2];
            int columns = evidence.shape()[rank - 1];
            double scale = evidence.scale();
            if (rows < 2 || columns < 2) {
                return null;
            }
            for (int i = 0; i < evidence.elements(); i++) {
                int base = i / (rows * columns) * rows * columns;
                int row = (i - base) / columns;
                int column = (i - base) % columns;
                if (!Evidence.alike(evidence.actual()[base + column * rows + row], evidence.expected()[i], scale)) {
                    return null;
                }
            }
            return Recognised.of("the values are right but transposed", "数值正确，但矩阵被转置了")
                    .because("are row and column swapped in an index?", "下标中行和列是否写反了？");
        }
    }

    /** Each row is right but stands at another row's place. */
    static final class RowsReordered implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int rows = evidence.rows();
            if (rows < 2 || rows > 512 || evidence.distinctExpected() < 3) {
                return null;
            }
            BitSet taken = new BitSet(rows);
            for (int row = 0; row < rows; row++) {
                int from = rowLike(evidence, row, taken);
                if (from < 0) {
                    return null;
                }
                taken.set(from);
            }
            return Recognised.of("the rows are right but in another order", "各行数值正确，但行的顺序不对");
        }

        private static int rowLike(Evidence evidence, int row, BitSet taken) {
            for (int from = taken.nextClearBit(0); from < evidence.rows(); from = taken.nextClearBit(from + 1)) {
                if (sameRow(evidence, row, from)) {
                    return from;
                }
            }
            return -1;
        }

        private static boolean sameRow(Evidence evidence, int actualRow, int expectedRow) {
            int columns = evidence.columns();
            double scale = evidence.scale();
            for (int column = 0; column < columns; column++) {
                if (!Evidence.alike(
                        evidence.actual()[actualRow * columns + column],
                        evidence.expected()[expectedRow * columns + column],
                        scale)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Each wrong element holds what belongs to its neighbour. */
    static final class ShiftedByOne implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            if (evidence.distinctExpected() < 3) {
                return null;
            }
            if (holdsNeighbour(evidence, 1)) {
                return Recognised.of("each holds the value of the next element", "每个元素的值都是后一个元素的值")
                        .because("is an index off by one?", "下标是否差了一？");
            }
            return holdsNeighbour(evidence, -1)
                    ? Recognised.of("each holds the value of the element before it", "每个元素的值都是前一个元素的值")
                            .because("is an index off by one?", "下标是否差了一？")
                    : null;
        }

        /** Elements without a neighbour on that side in their row may hold anything. */
        private static boolean holdsNeighbour(Evidence evidence, int offset) {
            int columns = evidence.columns();
            double scale = evidence.scale();
            int checked = 0;
            for (int i = evidence.wrong().nextSetBit(0);
                    i >= 0;
                    i = evidence.wrong().nextSetBit(i + 1)) {
                int column = i % columns + offset;
                if (column < 0 || column >= columns) {
                    continue;
                }
                if (!Evidence.alike(evidence.actual()[i], evidence.expected()[i + offset], scale)) {
                    return false;
                }
                checked++;
            }
            return checked >= 3;
        }
    }

    /** Rows of probabilities that do not add up to 1. */
    static final class RowSums implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int columns = evidence.columns();
            if (columns < 2) {
                return null;
            }
            int off = 0;
            for (int row = 0; row < evidence.rows(); row++) {
                double expected = 0;
                double actual = 0;
                for (int i = row * columns; i < (row + 1) * columns; i++) {
                    expected += evidence.expected()[i];
                    actual += evidence.actual()[i];
                }
                if (!(Math.abs(expected - 1) <= 1e-5)) {
                    return null;
                }
                off += Math.abs(actual - 1) <= 1e-3 ? 0 : 1;
            }
            return off == 0
                    ? null
                    : Recognised.of("rows that must sum to 1 do not", "应当和为 1 的行其和不为 1")
                            .because("is the sum taken over the whole row before dividing?", "除法之前是否对整行求和？");
        }
    }
}
