package org.warpgrade.checks.att;

import java.util.List;
import java.util.function.IntPredicate;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.reference.oracle.MaskOracle;
import org.warpgrade.reference.oracle.MaskOracle.Config;
import org.warpgrade.reference.oracle.OracleTensor;

/** The usual wrong masks, for the likely cause in a failure message. */
final class MaskMistakes {

    /** A mistaken {@code may_attend}. */
    @FunctionalInterface
    interface Predicate {
        boolean permits(Config c, int b, int q, int k);
    }

    /** What a mistaken predicate says about element i of an output. */
    @FunctionalInterface
    interface Element {
        boolean of(Predicate predicate, int i);
    }

    private record Mistake(String english, String chinese, Predicate predicate) {}

    private static final List<Mistake> ALL = List.of(
            new Mistake("nothing is permitted: is the predicate filled in?", "全部被屏蔽：谓词写好了吗？", (c, b, q, k) -> false),
            new Mistake("everything is permitted: are the conditions evaluated?", "全部可见：判断条件了吗？", (c, b, q, k) -> true),
            new Mistake(
                    "0 and 1 are exchanged: 1 means may attend.",
                    "0 和 1 颠倒了：1 表示可见。",
                    (c, b, q, k) -> !MaskOracle.permits(c, b, q, k)),
            new Mistake(
                    "the mask hides rows: padding must hide keys (columns), padded queries still attend.",
                    "掩码屏蔽了行：padding 应屏蔽键（列），被填充的查询仍然可以关注。",
                    (c, b, q, k) -> MaskOracle.permits(without(c, MaskOracle.PADDING), b, q, k) && inLength(c, b, q)),
            new Mistake(
                    "padded queries are hidden as well: only keys (columns) are padded away.",
                    "被填充的查询也被屏蔽了：只应屏蔽键（列）。",
                    (c, b, q, k) -> MaskOracle.permits(c, b, q, k) && inLength(c, b, q)),
            new Mistake(
                    "a sequence of length 0 is not masked: its rows must be all 0.",
                    "长度为 0 的序列没有被屏蔽：其所有行应全为 0。",
                    (c, b, q, k) -> MaskOracle.permits(
                            c.len() != null && c.len()[b] == 0 ? without(c, MaskOracle.PADDING) : c, b, q, k)),
            new Mistake(
                    "the query's position is q: the offset is not added.",
                    "查询的位置按 q 计算：没有加上 offset。",
                    (c, b, q, k) -> MaskOracle.permits(c.withOffset(0), b, q, k)),
            new Mistake(
                    "the prefix is hidden by the causal condition: prefix-LM replaces it, k <= q or k < prefix.",
                    "前缀被因果条件屏蔽：prefix-LM 取代因果条件，k <= q 或 k < prefix。",
                    (c, b, q, k) -> MaskOracle.permits(
                            c.has(MaskOracle.PREFIX) && c.has(MaskOracle.CAUSAL) ? without(c, MaskOracle.PREFIX) : c,
                            b,
                            q,
                            k)),
            new Mistake(
                    "the prefix and the causal condition are both demanded: one of them is enough, k <= q or k < prefix.",
                    "同时要求了前缀与因果条件：满足其一即可，k <= q 或 k < prefix。",
                    (c, b, q, k) -> MaskOracle.permits(c, b, q, k)
                            && (!c.has(MaskOracle.PREFIX) || k <= q + c.offset() && k < c.prefix())),
            new Mistake(
                    "the window is one too wide.",
                    "窗口宽了一格。",
                    (c, b, q, k) -> MaskOracle.permits(c.withWindow(c.window() + 1), b, q, k)),
            new Mistake(
                    "the window looks only backwards: it reaches as far to both sides.",
                    "窗口只看左侧：应向两侧延伸同样的距离。",
                    (c, b, q, k) ->
                            MaskOracle.permits(c, b, q, k) && (!c.has(MaskOracle.WINDOW) || k <= q + c.offset())),
            new Mistake(
                    "a position does not see itself: the comparison must include equality.",
                    "位置看不到自己：比较应包含相等。",
                    (c, b, q, k) -> MaskOracle.permits(c, b, q, k) && k != q + c.offset()));

    private MaskMistakes() {}

    /** Hypotheses about an output of 0s and 1s whose elements a predicate decides. */
    static Hypothesis[] of(String name, int[] shape, Element element) {
        return ALL.stream()
                .map(m -> Hypothesis.of(
                        m.english(), m.chinese(), () -> tensor(name, shape, i -> element.of(m.predicate(), i))))
                .toArray(Hypothesis[]::new);
    }

    private static OracleTensor tensor(String name, int[] shape, IntPredicate permits) {
        int elements = 1;
        for (int extent : shape) {
            elements *= extent;
        }
        double[] values = new double[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = permits.test(i) ? 1 : 0;
        }
        return OracleTensor.of(name, values, shape);
    }

    private static Config without(Config c, int bit) {
        return c.withKind(c.kind() & ~bit);
    }

    /** Padding applied to a query, as it must not be. */
    private static boolean inLength(Config c, int b, int q) {
        return !c.has(MaskOracle.PADDING) || c.len() != null && q < c.len()[b];
    }
}
