package org.warpgrade.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.bench.CheckRecord.KernelUse;
import org.warpgrade.engine.performance.KernelCount;
import org.warpgrade.engine.performance.ProblemCount;
import org.warpgrade.engine.result.GradingResult.CountedRun;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.LineCounters;
import org.warpgrade.engine.result.GradingResult.OccupancyInfo;
import org.warpgrade.engine.runner.CheckOutcome;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.compile.KernelNames;
import org.warpgrade.gpu.model.Occupancy;
import org.warpgrade.gpu.model.SmLimits;

/** What is known of each kernel of a submission: its resources and how the checks launched it. */
final class Kernels {

    /** The kernels that an assignment's driver adds are not the student's. */
    private static final String DRIVER_PREFIX = "wg_";

    private Kernels() {}

    /** @param counted what was counted on the assignment's problem, null if nothing */
    static List<KernelInfo> of(
            Program program,
            List<KernelResources> measured,
            List<CheckOutcome> outcomes,
            @Nullable ProblemCount counted) {
        Map<String, KernelUse> uses = new LinkedHashMap<>();
        outcomes.forEach(o -> o.record().kernels().forEach((name, use) -> uses.merge(name, use, KernelUse::and)));
        Map<String, KernelResources> resources = new LinkedHashMap<>();
        measured.forEach(r -> resources.putIfAbsent(r.kernel(), r));
        uses.keySet().forEach(name -> resources.putIfAbsent(name, new KernelResources(name, "", 0, 0, 0, 0, 0, 0)));
        List<KernelInfo> kernels = new ArrayList<>();
        resources.forEach((name, used) -> {
            if (!plainName(name).startsWith(DRIVER_PREFIX)) {
                kernels.add(kernel(program, used, uses.get(name), counted));
            }
        });
        return kernels;
    }

    private static KernelInfo kernel(
            Program program, KernelResources used, @Nullable KernelUse use, @Nullable ProblemCount counted) {
        KernelCount count = counted == null ? null : countOf(used.kernel(), counted);
        int blockThreads = use == null ? 0 : mostFrequent(use.blockThreads());
        int dynamicShared = use == null ? 0 : use.dynamicSharedBytes();
        return new KernelInfo(
                used.kernel(),
                use == null ? KernelNames.readable(used.kernel()) : use.displayName(),
                line(program.source().text(), plainName(used.kernel())),
                used.registers(),
                used.spillStoreBytes() + used.spillLoadBytes(),
                used.sharedBytes(),
                blockThreads,
                use == null ? 0 : use.launches(),
                occupancy(used, blockThreads, dynamicShared),
                count == null ? Map.of() : count.total().metrics(),
                count == null ? List.of() : lines(count),
                count == null || counted == null ? null : countedRun(count, counted));
    }

    private static @Nullable KernelCount countOf(String kernel, ProblemCount counted) {
        return counted.kernels().stream()
                .filter(k -> k.name().equals(kernel))
                .findFirst()
                .orElse(null);
    }

    private static List<LineCounters> lines(KernelCount count) {
        return count.lines().stream()
                .map(line -> new LineCounters(line.line(), line.counters().metrics()))
                .toList();
    }

    /** The problem is no check's case: it is the one that bench measures. */
    private static CountedRun countedRun(KernelCount count, ProblemCount counted) {
        return new CountedRun("", counted.label(), count.launches(), count.blocks(), count.countedBlocks());
    }

    /** Registers are those of the architecture that ptxas was asked for; other architectures need about as many. */
    private static Map<String, OccupancyInfo> occupancy(KernelResources used, int blockThreads, int dynamicShared) {
        Map<String, OccupancyInfo> byArchitecture = new LinkedHashMap<>();
        if (used.registers() == 0 || blockThreads == 0) {
            return byArchitecture;
        }
        for (SmLimits limits : SmLimits.all()) {
            Occupancy occupancy =
                    Occupancy.of(limits, blockThreads, used.registers(), used.sharedBytes() + dynamicShared);
            byArchitecture.put(
                    limits.architecture(),
                    new OccupancyInfo(occupancy.fraction(), occupancy.limiter().words()));
        }
        return byArchitecture;
    }

    private static int mostFrequent(Map<Integer, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** The function's own name in the source: {@code _ZN3ops4axpyIfEEvT_} is {@code axpy}. */
    private static String plainName(String mangled) {
        String name = KernelNames.readable(mangled).replaceFirst("<.*", "");
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /** The line where the kernel is defined; 0 if it is not to be found. */
    private static int line(String text, String name) {
        Matcher matcher = Pattern.compile("__global__[^;{]*?\\b(" + Pattern.quote(name) + ")\\s*\\(")
                .matcher(text);
        return matcher.find()
                ? 1
                        + (int) text.substring(0, matcher.start(1))
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                : 0;
    }
}
