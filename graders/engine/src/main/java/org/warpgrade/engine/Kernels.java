package org.warpgrade.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.bench.CheckRecord.KernelUse;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
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

    static List<KernelInfo> of(Program program, List<KernelResources> measured, List<CheckOutcome> outcomes) {
        Map<String, KernelUse> uses = new LinkedHashMap<>();
        outcomes.forEach(o -> o.record().kernels().forEach((name, use) -> uses.merge(name, use, KernelUse::and)));
        Map<String, KernelResources> resources = new LinkedHashMap<>();
        measured.forEach(r -> resources.putIfAbsent(r.kernel(), r));
        uses.keySet().forEach(name -> resources.putIfAbsent(name, new KernelResources(name, "", 0, 0, 0, 0, 0, 0)));
        List<KernelInfo> kernels = new ArrayList<>();
        resources.forEach((name, used) -> {
            if (!plainName(name).startsWith(DRIVER_PREFIX)) {
                kernels.add(kernel(program, used, uses.get(name)));
            }
        });
        return kernels;
    }

    private static KernelInfo kernel(Program program, KernelResources used, @Nullable KernelUse use) {
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
                Map.of());
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
        Matcher matcher = Pattern.compile("__global__[^;{]*?\\b(" + Pattern.quote(name) + ")\\s*\\(").matcher(text);
        return matcher.find()
                ? 1 + (int) text.substring(0, matcher.start(1)).chars().filter(c -> c == '\n').count()
                : 0;
    }
}
