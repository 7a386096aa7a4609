package org.warpgrade.engine.diagnosis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;

/** Patterns of value: how each wrong element is wrong by itself. */
final class Values {

    private Values() {}

    /** The poison of the output is still there. */
    static final class NeverWritten implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            if (evidence.unwritten().isEmpty()) {
                return null;
            }
            if (evidence.unwritten().cardinality() == evidence.elements()) {
                return Recognised.of("never written", "从未被写入")
                        .because(
                                "nothing was stored: is a kernel launched, and does its grid cover the output?",
                                "没有写入任何结果：是否启动了内核？网格是否覆盖了整个输出？");
            }
            boolean all = evidence.everyWrong(evidence.unwritten()::get);
            Recognised found = all ? Recognised.of("never written", "从未被写入") : some(evidence);
            return found.cause().en().isEmpty()
                    ? found.because("does the grid or the loop cover the whole output?", "网格或循环是否覆盖了整个输出？")
                    : found;
        }

        /** Where all is wrong, the place of what was never written tells why. */
        private static Recognised some(Evidence evidence) {
            int count = evidence.unwritten().cardinality();
            Recognised place = Patterns.placeOf(evidence.ofUnwritten());
            return new Recognised(
                    new Text(
                            count + " of them never written"
                                    + (place == null ? "" : " (" + place.words().en() + ")"),
                            "其中 " + count + " 个从未被写入"
                                    + (place == null ? "" : "（" + place.words().zh() + "）")),
                    place == null ? Pattern.NOTHING : place.cause());
        }
    }

    /** A tensor that is read and written still holds what it held before the call. */
    static final class LeftAsItWas implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            boolean untouched = evidence.inputs().stream()
                    .filter(input ->
                            input.name().equals(evidence.name()) && input.values().length == evidence.elements())
                    .anyMatch(input ->
                            evidence.everyWrong(i -> Double.compare(evidence.actual()[i], input.values()[i]) == 0));
            return untouched && evidence.wrong().cardinality() > 1
                    ? Recognised.of("they hold what they held before the call", "仍是调用之前的值")
                            .because(
                                    "no thread updates them: does the grid or the loop cover the whole output?",
                                    "没有线程更新它们：网格或循环是否覆盖了整个输出？")
                    : null;
        }
    }

    /** NaN where a number belongs. */
    static final class AllNaN implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            return evidence.everyWrong(i -> Double.isNaN(evidence.actual()[i]))
                    ? Recognised.of("they are NaN", "结果为 NaN")
                            .because(
                                    "NaN comes from inf - inf, 0/0, inf * 0, or from reading memory that was never written",
                                    "NaN 来自 inf - inf、0/0、inf * 0，或读取了从未写入的内存")
                    : null;
        }
    }

    /** Some NaN among other errors. */
    static final class SomeNaN implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            long count = evidence.wrong().stream()
                    .filter(i -> Double.isNaN(evidence.actual()[i]))
                    .count();
            return count == 0 ? null : Recognised.of(count + " of them NaN", "其中 " + count + " 个为 NaN");
        }
    }

    /** Zero where something else belongs. */
    static final class AllZero implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            return evidence.everyWrong(i -> evidence.actual()[i] == 0) ? Recognised.of("they are 0", "结果为 0") : null;
        }
    }

    /** The same number everywhere although different ones belong there. */
    static final class OneValue implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            double value = evidence.actual()[evidence.wrong().nextSetBit(0)];
            return evidence.distinctExpected() >= 2
                            && evidence.everyWrong(i -> Double.compare(evidence.actual()[i], value) == 0)
                    ? Recognised.of("they all hold the same value", "结果全是同一个值")
                            .because("does the index change from thread to thread?", "各线程使用的下标是否不同？")
                    : null;
        }
    }

    /** The output is an input. */
    static final class CopyOfInput implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            for (Evidence.Input input : evidence.inputs()) {
                if (input.values().length == evidence.elements()
                        && evidence.distinctExpected() >= 2
                        && evidence.everyWrong(i -> evidence.actual()[i] == input.values()[i])) {
                    return Recognised.of(
                            "they are the values of the input " + input.name(), "它们就是输入 " + input.name() + " 的值");
                }
            }
            return null;
        }
    }

    /** The right magnitude with the wrong sign. */
    static final class SignFlipped implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            double scale = evidence.scale();
            return evidence.everyWrong(i -> evidence.actual()[i] != 0
                            && Evidence.alike(evidence.actual()[i], -evidence.expected()[i], scale))
                    ? Recognised.of("each has the wrong sign", "符号都相反")
                    : null;
        }
    }

    /** The expected values times one number, the number named if it has a name. */
    static final class ConstantFactor implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int first = evidence.wrong().nextSetBit(0);
            double factor = evidence.actual()[first] / evidence.expected()[first];
            boolean telling = evidence.distinctExpected() >= 2 && Double.isFinite(factor) && factor != 0;
            if (!telling
                    || !evidence.everyWrong(i -> sameRatio(evidence.actual()[i], factor * evidence.expected()[i]))) {
                return null;
            }
            String named = name(factor);
            return named == null
                    ? Recognised.of("each is the expected value times one constant", "每个值都是期望值乘以同一个常数")
                    : Recognised.of("each is " + named + " times the expected value", "每个值都是期望值的 " + named + " 倍");
        }

        private static boolean sameRatio(double actual, double expected) {
            return Math.abs(actual - expected) <= 2e-4 * Math.abs(expected);
        }

        /** A small whole number, its reciprocal, a square root or its reciprocal; null for any other factor. */
        private static @Nullable String name(double factor) {
            String sign = factor < 0 ? "-" : "";
            double size = Math.abs(factor);
            double big = size >= 1 ? size : 1 / size;
            String whole = wholeNumber(big, 4096);
            String square = wholeNumber(big * big, 4096);
            if (whole == null && square == null) {
                return null;
            }
            String number = whole != null ? whole : "sqrt(" + square + ")";
            String aside = whole != null && square != null && big >= 4 ? " (sqrt(" + square + "))" : "";
            return sign + (size >= 1 ? number : "1/" + number) + aside;
        }

        private static @Nullable String wholeNumber(double value, int most) {
            double nearest = Math.rint(value);
            boolean whole = nearest >= 1 && nearest <= most && Math.abs(value - nearest) <= 2e-4 * nearest;
            return whole ? String.format(Locale.ROOT, "%.0f", nearest) : null;
        }
    }

    /** The expected values plus one number. */
    static final class ConstantOffset implements Pattern {
        @Override
        public @Nullable Recognised in(Evidence evidence) {
            int first = evidence.wrong().nextSetBit(0);
            double offset = evidence.actual()[first] - evidence.expected()[first];
            double scale = evidence.scale();
            return evidence.distinctExpected() >= 3
                            && Double.isFinite(offset)
                            && Math.abs(offset) > 1e-3 * scale
                            && evidence.everyWrong(i -> Math.abs(evidence.actual()[i] - evidence.expected()[i] - offset)
                                    <= 1e-4 * Math.abs(offset) + 1e-6 * scale)
                    ? Recognised.of("each is off by the same amount", "每个值都偏差相同的量")
                    : null;
        }
    }
}
