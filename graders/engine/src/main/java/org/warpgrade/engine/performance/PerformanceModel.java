package org.warpgrade.engine.performance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Roof;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.model.Arithmetic;
import org.warpgrade.gpu.model.GpuPeaks;
import org.warpgrade.gpu.model.PipeModel;
import org.warpgrade.gpu.model.Roofline;

/** From counters to what a report shows: the place under the roofs of several GPUs, and how it compares. */
public final class PerformanceModel {

    private PerformanceModel() {}

    /**
     * The model in the terms of {@code result.json}.
     *
     * @param reference the reference's last rung on the same problem, null if not at hand
     */
    public static PerformanceInfo of(ProblemCount count, @Nullable ProblemCount reference) {
        return new PerformanceInfo(
                "model",
                metrics(count, reference),
                count.label(),
                GpuPeaks.all().stream().map(PerformanceModel::roof).toList(),
                points(count));
    }

    private static Roof roof(GpuPeaks gpu) {
        return new Roof(gpu.name(), gpu.architecture(), gpu.bytesPerSecond(), gpu.flopsPerSecond());
    }

    private static Map<String, Double> metrics(ProblemCount count, @Nullable ProblemCount reference) {
        Counters total = count.total();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("launches", (double) count.launches());
        metrics.put("scratchBytes", (double) count.scratchBytes());
        metrics.put("flops", total.flops());
        metrics.put("compulsoryBytes", total.compulsoryBytes());
        metrics.put("requestedBytes", total.requestedBytes());
        metrics.put("warpInstructions", total.get(Metric.INSTRUCTIONS));
        metrics.put("longestThreadInstructions", (double) count.longestThread());
        if (reference != null) {
            Counters best = reference.total();
            ratio(metrics, "bytesToReference", total.compulsoryBytes(), best.compulsoryBytes());
            ratio(metrics, "requestedBytesToReference", total.requestedBytes(), best.requestedBytes());
            ratio(metrics, "instructionsToReference", total.get(Metric.INSTRUCTIONS), best.get(Metric.INSTRUCTIONS));
        }
        for (GpuPeaks gpu : GpuPeaks.all()) {
            metrics.put(
                    "floorMicros." + gpu.name(), 1e6 * Roofline.of(total, gpu).seconds());
            metrics.put("busyMicros." + gpu.name(), 1e6 * busy(count, gpu));
        }
        return metrics;
    }

    /** Kernels run one after the other: each as long as its longest unit. */
    public static double busy(ProblemCount count, GpuPeaks gpu) {
        return count.kernels().stream()
                .mapToDouble(k -> PipeModel.of(k.total(), gpu).seconds())
                .sum();
    }

    private static void ratio(Map<String, Double> metrics, String name, double value, double reference) {
        if (reference > 0) {
            metrics.put(name, value / reference);
        }
    }

    private static List<KernelPoint> points(ProblemCount count) {
        List<KernelPoint> points = new ArrayList<>();
        for (KernelCount kernel : count.kernels()) {
            Counters total = kernel.total();
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (GpuPeaks gpu : GpuPeaks.all()) {
                metrics.put(
                        "floorMicros." + gpu.name(),
                        1e6 * Roofline.of(total, gpu).seconds());
                metrics.put(
                        "busyMicros." + gpu.name(),
                        1e6 * PipeModel.of(total, gpu).seconds());
            }
            points.add(new KernelPoint(
                    kernel.name(),
                    kernel.displayName(),
                    total.flops() == 0 ? "" : Arithmetic.mostOf(total).id(),
                    total.flops(),
                    total.compulsoryBytes(),
                    total.requestedBytes(),
                    metrics));
        }
        return points;
    }
}
