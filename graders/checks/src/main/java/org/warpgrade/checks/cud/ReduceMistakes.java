package org.warpgrade.checks.cud;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.warpgrade.checks.cud.ReduceChecks.Case;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.reference.oracle.OracleTensor;
import org.warpgrade.reference.oracle.ReduceOracle;
import org.warpgrade.reference.oracle.ReduceOracle.Column;
import org.warpgrade.reference.oracle.ReduceOracle.Op;

/** What comes out when a reduction is got wrong in one of the usual ways, the most telling first. */
final class ReduceMistakes {

    private ReduceMistakes() {}

    static Hypothesis[] of(Case c) {
        List<Hypothesis> mistakes = new ArrayList<>();
        if (c.inner() > 1) {
            mistakes.add(Hypothesis.of(
                    "inner is ignored: neighbours along the axis are inner floats apart, (o * n + k) * inner + i",
                    "忽略了 inner：沿轴相邻的元素相隔 inner 个 float，(o * n + k) * inner + i",
                    () -> contiguous(c)));
        }
        ofOperation(c, mistakes);
        for (int block : new int[] {32, 64, 128, 256, 512, 1024}) {
            if (c.n() > block) {
                mistakes.add(column(
                        c,
                        "only the first " + block + " elements of the axis are reduced: every thread has to loop",
                        "只归约了轴上的前 " + block + " 个元素：每个线程都要循环",
                        values -> ReduceOracle.reduce(c.op(), Arrays.copyOf(values, block))));
            }
        }
        if (c.n() % 32 != 0 && c.n() > 32) {
            mistakes.add(column(
                    c,
                    "the elements behind the last multiple of 32 are left out",
                    "最后一个 32 的倍数之后的元素被漏掉了",
                    values -> ReduceOracle.reduce(c.op(), Arrays.copyOf(values, values.length / 32 * 32))));
        }
        if (c.n() > 1) {
            mistakes.add(column(
                    c,
                    "the first element of the axis is left out",
                    "轴上的第一个元素被漏掉了",
                    values -> ReduceOracle.reduce(c.op(), Arrays.copyOfRange(values, 1, values.length))));
            mistakes.add(column(
                    c,
                    "the result is the first element of the axis: nothing is reduced",
                    "结果就是轴上的第一个元素：根本没有归约",
                    values -> values[0]));
        }
        mistakes.add(column(c, "the result is 0 everywhere", "结果处处为 0", values -> 0));
        return mistakes.toArray(Hypothesis[]::new);
    }

    private static void ofOperation(Case c, List<Hypothesis> mistakes) {
        switch (c.op()) {
            case SUM -> {
                mistakes.add(column(
                        c,
                        "the sum is divided by n: that is the mean",
                        "和被除以了 n：那是均值",
                        values -> ReduceOracle.reduce(Op.MEAN, values)));
                mistakes.add(column(
                        c,
                        "one float collects a long row: it swallows its summands once it is large. Let many threads each add "
                                + "a part",
                        "用一个 float 累加很长的一行：它变大之后会吞掉加数。让许多线程各加一部分",
                        ReduceMistakes::inOneFloat));
            }
            case MEAN ->
                mistakes.add(column(
                        c, "the mean is not divided by n", "均值没有除以 n", values -> ReduceOracle.reduce(Op.SUM, values)));
            case MAX -> {
                mistakes.add(column(
                        c,
                        "the maximum starts from 0: start from -infinity or from the first element",
                        "最大值从 0 开始：应从负无穷或第一个元素开始",
                        values -> Math.max(0, ReduceOracle.reduce(Op.MAX, values))));
                mistakes.add(column(
                        c,
                        "the maximum starts from the smallest float instead of -infinity",
                        "最大值从最小的 float 开始，而不是负无穷",
                        values -> Math.max(-Float.MAX_VALUE, ReduceOracle.reduce(Op.MAX, values))));
                mistakes.add(column(
                        c,
                        "NaN is skipped: fmaxf and > drop it, but a column with a NaN has maximum NaN",
                        "跳过了 NaN：fmaxf 和 > 会丢掉它，而有 NaN 的列最大值应为 NaN",
                        values -> ReduceOracle.reduce(Op.MAX, numbers(values))));
            }
            case ARGMAX -> {
                mistakes.add(column(
                        c,
                        "of equal values the one with the highest index is taken: ties go to the lowest",
                        "并列时取了最大的下标：应取最小的",
                        values -> lastOfMaximum(values)));
                mistakes.add(column(
                        c,
                        "NaN is skipped: the first NaN wins",
                        "跳过了 NaN：第一个 NaN 应当获胜",
                        values -> ReduceOracle.reduce(Op.ARGMAX, silenced(values))));
                mistakes.add(column(
                        c,
                        "the last NaN is found instead of the first",
                        "找到的是最后一个 NaN，而不是第一个",
                        values -> lastNan(values)));
                mistakes.add(column(
                        c,
                        "no element wins against the start value: a column of -infinity has its maximum at index 0",
                        "没有元素胜过初值：全为负无穷的列，最大值在下标 0",
                        values -> ReduceOracle.reduce(Op.MAX, values) == Double.NEGATIVE_INFINITY
                                ? -1
                                : ReduceOracle.reduce(Op.ARGMAX, values)));
                mistakes.add(Hypothesis.of(
                        "the index counts from the start of the whole tensor: it is k, the position along the axis",
                        "下标是从整个张量的开头数的：应是沿轴的位置 k",
                        () -> flatIndex(c)));
            }
            case NORM -> {
                mistakes.add(column(
                        c,
                        "the square root is missing",
                        "没有开平方",
                        values -> Math.pow(ReduceOracle.reduce(Op.NORM, values), 2)));
                mistakes.add(column(
                        c,
                        "the squares overflow to infinity: accumulate in double, or divide by the largest value first",
                        "平方溢出成了无穷：用 double 累加，或先除以最大的值",
                        values -> overflowing(values)));
                mistakes.add(column(
                        c,
                        "the magnitudes are added: that is the L1 norm",
                        "把绝对值加了起来：那是 L1 范数",
                        values -> Arrays.stream(values).map(Math::abs).sum()));
            }
        }
    }

    private static Hypothesis column(Case c, String english, String chinese, Column function) {
        return Hypothesis.of(english, chinese, () -> ReduceOracle.over(c.x(), c.outer(), c.n(), c.inner(), function));
    }

    /** Output j made of the n floats from j n on. */
    private static OracleTensor contiguous(Case c) {
        OracleTensor rows = ReduceOracle.reduce(c.op(), c.x(), c.outer() * c.inner(), c.n(), 1);
        return new OracleTensor("y", new int[] {c.outer(), c.inner()}, rows.values(), rows.conditionSums());
    }

    private static OracleTensor flatIndex(Case c) {
        OracleTensor index = c.expected();
        double[] values = index.values().clone();
        for (int at = 0; at < values.length; at++) {
            int o = at / c.inner();
            int i = at % c.inner();
            values[at] = (o * c.n() + values[at]) * c.inner() + i;
        }
        return OracleTensor.of("idx", values, c.outer(), c.inner());
    }

    private static double[] numbers(double[] values) {
        double[] kept = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        return kept.length == 0 ? values : kept;
    }

    private static double[] silenced(double[] values) {
        return Arrays.stream(values)
                .map(v -> Double.isNaN(v) ? Double.NEGATIVE_INFINITY : v)
                .toArray();
    }

    private static double inOneFloat(double[] values) {
        float sum = 0;
        for (double value : values) {
            sum += (float) value;
        }
        return sum;
    }

    private static double lastNan(double[] values) {
        for (int k = values.length - 1; k >= 0; k--) {
            if (Double.isNaN(values[k])) {
                return k;
            }
        }
        return ReduceOracle.reduce(Op.ARGMAX, values);
    }

    private static double lastOfMaximum(double[] values) {
        int best = (int) ReduceOracle.reduce(Op.ARGMAX, values);
        for (int k = 0; k < values.length; k++) {
            if (values[k] >= values[best]) {
                best = k;
            }
        }
        return best;
    }

    private static double overflowing(double[] values) {
        double norm = ReduceOracle.reduce(Op.NORM, values);
        return norm * norm > Float.MAX_VALUE ? Double.POSITIVE_INFINITY : norm;
    }
}
