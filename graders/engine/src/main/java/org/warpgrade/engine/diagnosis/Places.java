package org.warpgrade.engine.diagnosis;

import java.util.BitSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Patterns of place: which elements are wrong. */
final class Places {

    /** Share of a region's elements that must be wrong before the region is named: some may be right by accident. */
    private static final double MOST = 0.8;

    private static final int WARP = 32;
    private static final int LARGEST_BLOCK = 1024;

    private Places() {}

    /** A tensor of one element has no places. */
    static final class OnlyElement implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            return evidence.elements() == 1 ? Recognised.of("the only element", "唯一的元素") : null;
        }
    }

    /** Everything is wrong. */
    static final class AllElements implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            return evidence.wrong().cardinality() == evidence.elements() ? Recognised.of("all elements", "所有元素") : null;
        }
    }

    /** The very first or very last element alone. */
    static final class OneElement implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            if (evidence.wrong().cardinality() != 1) {
                return null;
            }
            if (evidence.wrong().get(evidence.elements() - 1)) {
                return Recognised.of("only the last element", "只有最后一个元素")
                        .because("does a loop or a bounds guard stop one short?", "循环或边界判断是否少处理了一个元素？");
            }
            return evidence.wrong().get(0)
                    ? Recognised.of("only the first element", "只有第一个元素")
                    : Recognised.of("a single element", "仅一个元素");
        }
    }

    /** Every row is right up to some column, where the threads of a block (or a warp) end. */
    static final class FromColumnOn implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int from = firstWrongColumn(evidence);
            boolean blockEnds = from == LARGEST_BLOCK || evidence.blockSizes().contains(from);
            if (!isSuffix(evidence, from) || !(blockEnds || evidence.columns() - from >= WARP)) {
                return null;
            }
            Recognised found = evidence.isOneRow()
                    ? Recognised.of("every element from " + from + " on", "从第 " + from + " 个元素起全部错误")
                    : Recognised.of("in every row from column " + from + " on", "每一行从第 " + from + " 列起");
            if (blockEnds && evidence.isOneRow()) {
                return found.because(
                        "all is right up to element " + (from - 1)
                                + ", one per thread: does the loop stride past blockDim.x, or are there too few blocks?",
                        "前 " + from + " 个元素（每个线程一个）正确：循环是否以 blockDim.x 为步长继续？线程块是否太少？");
            }
            return blockEnds
                    ? found.because(
                            "rows longer than " + from + " are wrong from element " + from
                                    + " on: does the loop stride past blockDim.x?",
                            "长于 " + from + " 的行从第 " + from + " 个元素起出错：循环是否以 blockDim.x 为步长继续？")
                    : found;
        }
    }

    /** Only the remainder that does not fill a warp, tile or block. */
    static final class LastPartialGroup implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int from = firstWrongColumn(evidence);
            int group = groupEndingAt(evidence, from);
            if (group == 0 || !isSuffix(evidence, from)) {
                return null;
            }
            return Recognised.of(
                            "only the last, incomplete group of " + group
                                    + (evidence.isOneRow() ? " elements" : " columns"),
                            "只有最后不足 " + group + " 个的" + (evidence.isOneRow() ? "一组元素" : "一组列"))
                    .because(
                            "is the remainder handled when the size is not a multiple of " + group + "?",
                            "当大小不是 " + group + " 的倍数时，余下的部分处理了吗？");
        }

        /** The largest usual group size whose last incomplete group starts at the column; 0 if there is none. */
        private static int groupEndingAt(Evidence evidence, int from) {
            if (from == 0) {
                return 0;
            }
            int best = 0;
            for (int group = 4; group <= LARGEST_BLOCK; group *= 2) {
                boolean usual = group <= WARP || evidence.blockSizes().contains(group);
                if (usual && from % group == 0 && evidence.columns() - from < group) {
                    best = group;
                }
            }
            return best;
        }
    }

    /** All is right in the upper left corner of a matrix, and wrong past its last row and its last column. */
    static final class PastACorner implements Pattern {

        /** The shortest usual edge of a tile. */
        private static final int TILE = 8;

        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int column = evidence.wrong().nextSetBit(0);
            int row = firstRowWrongAtItsStart(evidence);
            if (column == 0 || column >= evidence.columns() || row < 1 || column % TILE != 0 || row % TILE != 0) {
                return null;
            }
            int outside = 0;
            for (int i = evidence.wrong().nextSetBit(0);
                    i >= 0;
                    i = evidence.wrong().nextSetBit(i + 1)) {
                if (i / evidence.columns() < row && i % evidence.columns() < column) {
                    return null;
                }
                outside++;
            }
            if (outside < MOST * (evidence.elements() - (double) row * column)) {
                return null;
            }
            return Recognised.of(
                            "every row from " + row + " on and every column from " + column + " on",
                            "从第 " + row + " 行起的每一行和从第 " + column + " 列起的每一列")
                    .because(
                            "the last tiles of rows and columns are missing: are the blocks of the grid rounded up?",
                            "缺少最后的行块和列块：网格的线程块数是否向上取整？");
        }

        private static int firstRowWrongAtItsStart(Evidence evidence) {
            for (int row = 0; row < evidence.rows(); row++) {
                if (evidence.isWrong(row, 0)) {
                    return row;
                }
            }
            return -1;
        }
    }

    /** Above or below the diagonal of square matrices: what a causal mask touches. */
    static final class Triangle implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int n = evidence.columns();
            if (evidence.shape().length < 2 || evidence.shape()[evidence.shape().length - 2] != n || n < 3) {
                return null;
            }
            int above = 0;
            int on = 0;
            int below = 0;
            for (int row = 0; row < evidence.rows(); row++) {
                for (int column = 0; column < n; column++) {
                    if (evidence.isWrong(row, column)) {
                        int side = Integer.compare(column, row % n);
                        above += side > 0 ? 1 : 0;
                        on += side == 0 ? 1 : 0;
                        below += side < 0 ? 1 : 0;
                    }
                }
            }
            double half = MOST * evidence.elements() / n * (n - 1) / 2;
            if (on + below == 0 && above >= half) {
                return Recognised.of("everything above the diagonal", "对角线以上的全部元素");
            }
            if (on + above == 0 && below >= half) {
                return Recognised.of("everything below the diagonal", "对角线以下的全部元素");
            }
            return above + below == 0 && on >= MOST * evidence.rows()
                    ? Recognised.of("only the diagonal", "只有对角线上的元素")
                    : null;
        }
    }

    /** Along one axis only some indices are wrong, and these all along: a row, every second column, all but head 0. */
    static final class AlongOneAxis implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int inner = evidence.elements();
            for (int axis = 0; axis < evidence.shape().length; axis++) {
                int extent = evidence.shape()[axis];
                inner /= extent;
                BitSet touched = new BitSet(extent);
                int stride = inner;
                evidence.wrong().stream().forEach(i -> touched.set(i / stride % extent));
                long region = (long) touched.cardinality() * (evidence.elements() / extent);
                if (touched.cardinality() < extent && evidence.wrong().cardinality() >= MOST * region) {
                    return describe(touched, extent, nameOf(evidence, axis));
                }
            }
            return null;
        }

        private record AxisName(String one, String many, String zh) {

            /** {@code row 3} or {@code index 3 of dimension 1}. */
            String numbered(int index) {
                int of = one.indexOf(" of ");
                return of < 0 ? one + " " + index : one.substring(0, of) + " " + index + one.substring(of);
            }
        }

        private static AxisName nameOf(Evidence evidence, int axis) {
            int rank = evidence.shape().length;
            if (evidence.isOneRow() && axis == rank - 1) {
                return new AxisName("element", "elements", "个元素");
            }
            if (axis == rank - 1) {
                return new AxisName("column", "columns", "列");
            }
            return rank == 2
                    ? new AxisName("row", "rows", "行")
                    : new AxisName("index of dimension " + axis, "indices of dimension " + axis, "个第 " + axis + " 维下标");
        }

        private static @Nullable Recognised describe(BitSet touched, int extent, AxisName name) {
            int first = touched.nextSetBit(0);
            int last = touched.length() - 1;
            int count = touched.cardinality();
            boolean run = last - first + 1 == count;
            if (count == 1) {
                return one(first, extent, name);
            }
            if (run && first == 1 && last == extent - 1) {
                return Recognised.of("every " + name.one() + " but the first", "除第一" + name.zh() + "外的全部")
                        .because(
                                "is the first " + name.one() + " the only one that is handled?",
                                "是否只处理了第一" + name.zh() + "？");
            }
            if (run && last == extent - 1) {
                return Recognised.of(
                        "every " + name.one() + " from " + first + " on", "从下标 " + first + " 起的每一" + name.zh());
            }
            if (run) {
                return Recognised.of(
                        name.many() + " " + first + " to " + last, "下标 " + first + " 至 " + last + " 的" + name.zh());
            }
            int step = touched.nextSetBit(first + 1) - first;
            if (isEvery(touched, step, extent)) {
                return Recognised.of(
                        "every " + ordinal(step) + " " + name.one() + ", starting at " + first,
                        "从下标 " + first + " 起每隔 " + step + " 的" + name.zh());
            }
            return count > 4
                    ? Recognised.of(
                            count + " of the " + extent + " " + name.many(),
                            extent + " " + name.zh() + "中的 " + count + " " + name.zh())
                    : Recognised.of(
                            "only " + name.many() + " " + listed(touched, " and "),
                            "只有下标为 " + listed(touched, " 和 ") + " 的" + name.zh());
        }

        private static String ordinal(int step) {
            String ending = step / 10 % 10 == 1
                    ? "th"
                    : switch (step % 10) {
                        case 1 -> "st";
                        case 2 -> "nd";
                        case 3 -> "rd";
                        default -> "th";
                    };
            return step == 2 ? "second" : step + ending;
        }

        private static Recognised one(int index, int extent, AxisName name) {
            if (index == 0) {
                return Recognised.of("only the first " + name.one(), "只有第一" + name.zh());
            }
            if (index == extent - 1) {
                return Recognised.of("only the last " + name.one(), "只有最后一" + name.zh())
                        .because("does a loop or a bounds guard stop one short?", "循环或边界判断是否少处理了一个？");
            }
            return Recognised.of("only " + name.numbered(index), "只有下标为 " + index + " 的" + name.zh());
        }

        private static boolean isEvery(BitSet touched, int step, int extent) {
            int first = touched.nextSetBit(0);
            if (first >= step || touched.cardinality() != (extent - first + step - 1) / step) {
                return false;
            }
            return touched.stream().allMatch(i -> (i - first) % step == 0);
        }

        private static String listed(BitSet touched, String and) {
            String all = touched.stream().mapToObj(Integer::toString).collect(Collectors.joining(", "));
            int comma = all.lastIndexOf(", ");
            return all.substring(0, comma) + and + all.substring(comma + 2);
        }
    }

    private static int firstWrongColumn(Evidence evidence) {
        int columns = evidence.columns();
        return evidence.wrong().stream().map(i -> i % columns).min().orElseThrow();
    }

    /** Whether nearly everything from that column on is wrong, in every row, and the column is not the first. */
    private static boolean isSuffix(Evidence evidence, int from) {
        long region = (long) evidence.rows() * (evidence.columns() - from);
        if (from == 0 || evidence.wrong().cardinality() < MOST * region) {
            return false;
        }
        for (int row = 0; row < evidence.rows(); row++) {
            int next = evidence.wrong().nextSetBit(row * evidence.columns());
            if (next < 0 || next >= (row + 1) * evidence.columns()) {
                return false;
            }
        }
        return true;
    }
}
