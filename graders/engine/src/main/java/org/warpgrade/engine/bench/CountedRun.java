package org.warpgrade.engine.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.CounterAssert;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.LineCounters;
import org.warpgrade.gpu.Metric;

/** What a case was counted to do, as a check asks about it. */
final class CountedRun implements CounterAssert {

    private final Wording wording;
    private final Counters total;
    private final Map<Integer, Counters> lines = new TreeMap<>();

    /** @throws HarnessFault if a launch was not counted: then nothing can be said about the run */
    CountedRun(Wording wording, List<LaunchRecord> launches) {
        this.wording = wording;
        Counters sum = Counters.none();
        for (LaunchRecord launch : launches) {
            LaunchCounters counters = launch.counters();
            if (counters == null) {
                throw new HarnessFault("the launch of " + launch.displayName() + " could not be counted");
            }
            sum = sum.plus(counters.total());
            for (LineCounters line : counters.lines()) {
                lines.merge(line.line(), line.counters(), Counters::plus);
            }
        }
        this.total = sum;
    }

    @Override
    public double get(Metric metric) {
        return total.get(metric);
    }

    @Override
    public CounterAssert atMost(
            Metric metric, double limit, String what, String whatChinese, String hint, String hintChinese) {
        if (!(get(metric) > limit)) {
            return this;
        }
        throw failure(
                metric,
                "at most " + number(limit),
                "最多 " + number(limit),
                worst(metric, false),
                what,
                whatChinese,
                hint,
                hintChinese);
    }

    @Override
    public CounterAssert atLeast(
            Metric metric, double limit, String what, String whatChinese, String hint, String hintChinese) {
        if (!(get(metric) < limit)) {
            return this;
        }
        throw failure(
                metric,
                "at least " + number(limit),
                "至少 " + number(limit),
                worst(metric, true),
                what,
                whatChinese,
                hint,
                hintChinese);
    }

    private CheckFailure failure(
            Metric metric,
            String allowed,
            String allowedChinese,
            @Nullable Integer line,
            String what,
            String whatChinese,
            String hint,
            String hintChinese) {
        String value = number(get(metric));
        String place = line == null ? "" : " (look at line " + line + ")";
        String placeChinese = line == null ? "" : "（看第 " + line + " 行）";
        return new CheckFailure(
                CheckStatus.FAILED,
                wording.plain(
                        "Counted " + value + " " + what + place + "; " + allowed + " allowed: " + hint,
                        "统计到" + whatChinese + " " + value + placeChinese + "；要求" + allowedChinese + "：" + hintChinese),
                null,
                List.of());
    }

    /** The line that has the most (or least) of it; null where lines tell nothing. */
    private @Nullable Integer worst(Metric metric, boolean least) {
        Comparator<Map.Entry<Integer, Counters>> byValue =
                Comparator.comparingDouble(entry -> entry.getValue().get(metric));
        return lines.entrySet().stream()
                .filter(entry -> entry.getKey() > 0)
                .filter(entry -> !Double.isNaN(entry.getValue().get(metric)))
                .filter(entry -> least || entry.getValue().get(metric) > 0)
                .max(least ? byValue.reversed() : byValue)
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
