package org.warpgrade.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.OccupancyInfo;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;
import org.warpgrade.reports.html.LineMeters.Meter;

/** What to try next for speed, from what was counted: the worst line of each kind of waste, and what limits a kernel. */
public final class NextSteps {

    /**
     * One piece of advice.
     *
     * @param line the source line that it is about, 0 for none
     */
    public record Step(String text, int line) {}

    private static final double LOW_OCCUPANCY = 0.5;

    /** Below this part of all instructions a branch costs too little for advice: one lane writes what its warp has found. */
    private static final double WORTH_A_WORD = 0.05;

    private NextSteps() {}

    static List<Step> of(GradingResult result, Messages messages) {
        List<Step> steps = new ArrayList<>();
        Map<Integer, Meter> meters = LineMeters.of(result);
        worst(meters, m -> m.touchesGlobal() && m.used() < LineMeters.WASTEFUL, m -> m.share() * (1 - m.used()))
                .ifPresent(line -> {
                    Meter meter = meters.get(line);
                    steps.add(new Step(
                            messages.text(
                                    "next.uncoalesced",
                                    line,
                                    Numbers.rough(meter.sectorsPerRequest()),
                                    Numbers.percent(meter.used())),
                            line));
                });
        worst(meters, m -> m.touchesShared() && m.conflicts() > 0, Meter::conflicts)
                .ifPresent(line -> steps.add(new Step(
                        messages.text(
                                "next.conflicts",
                                line,
                                Numbers.rough(meters.get(line).conflictsPerAccess())),
                        line)));
        worst(
                        meters,
                        m -> m.branches() && m.uniform() < LineMeters.DIVERGENT && m.share() >= WORTH_A_WORD,
                        Meter::share)
                .ifPresent(line -> steps.add(new Step(
                        messages.text(
                                "next.divergent",
                                line,
                                Numbers.percent(1 - meters.get(line).uniform())),
                        line)));
        for (KernelInfo kernel : result.kernels()) {
            if (kernel.spillBytes() > 0) {
                steps.add(new Step(
                        messages.text("next.spills", kernel.displayName(), kernel.spillBytes()), kernel.line()));
            }
            lowOccupancy(kernel)
                    .ifPresent(entry -> steps.add(new Step(
                            messages.text(
                                    "next.occupancy",
                                    kernel.displayName(),
                                    Numbers.percent(entry.getValue().fraction()),
                                    entry.getKey(),
                                    advice(entry.getValue().limiter(), kernel, messages)),
                            kernel.line())));
        }
        return List.copyOf(steps);
    }

    private static String advice(String limiter, KernelInfo kernel, Messages messages) {
        String key = "next.occupancy." + limiter.toLowerCase(Locale.ROOT).replace(' ', '-');
        return messages.has(key)
                ? messages.text(key, kernel.blockThreads(), kernel.registers(), kernel.sharedBytes())
                : messages.text("next.occupancy.other", Names.limiter(limiter, messages));
    }

    private static Optional<Integer> worst(
            Map<Integer, Meter> meters, Predicate<Meter> bad, ToDoubleFunction<Meter> badness) {
        return meters.entrySet().stream()
                .filter(entry -> bad.test(entry.getValue()))
                .max(Comparator.comparingDouble(entry -> badness.applyAsDouble(entry.getValue())))
                .map(Map.Entry::getKey);
    }

    /** The architecture on which the fewest warps fit, if they are few. */
    private static Optional<Map.Entry<String, OccupancyInfo>> lowOccupancy(KernelInfo kernel) {
        return kernel.occupancy().entrySet().stream()
                .filter(entry -> entry.getValue().fraction() < LOW_OCCUPANCY)
                .min(Comparator.comparingDouble(entry -> entry.getValue().fraction()));
    }
}
