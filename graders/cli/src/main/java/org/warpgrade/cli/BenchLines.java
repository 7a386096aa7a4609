package org.warpgrade.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.warpgrade.engine.performance.BenchReport;
import org.warpgrade.engine.performance.BenchedFile;
import org.warpgrade.engine.performance.KernelCount;
import org.warpgrade.engine.performance.PerformanceModel;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.model.GpuPeaks;
import org.warpgrade.gpu.model.PipeModel;
import org.warpgrade.gpu.model.Roofline;
import org.warpgrade.reports.Inert;

/** What {@code bench} tells a person: one table for each file, one for several files, one for old and new. */
final class BenchLines {

    private final Messages messages;
    private final GpuPeaks gpu;

    BenchLines(Messages messages, GpuPeaks gpu) {
        this.messages = messages;
        this.gpu = gpu;
    }

    Messages messages() {
        return messages;
    }

    /** A file, kernel by kernel. */
    List<String> file(BenchedFile file) {
        List<KernelCount> kernels = file.count().kernels();
        List<String> heading = new ArrayList<>();
        heading.add("");
        kernels.forEach(k -> heading.add(shortName(k.displayName())));
        BenchTable table = new BenchTable(heading);
        add(table, "launches", kernels, k -> whole(k.launches()));
        add(table, "registers", kernels, k -> of(file.resourcesOf(k).map(KernelResources::registers)));
        add(
                table,
                "occupancy",
                kernels,
                k -> file.occupancy(k, gpu)
                        .map(o -> percent(100 * o.fraction()) + " "
                                + messages.text("bench.limit." + o.limiter().name()))
                        .orElse("–"));
        add(table, "longest", kernels, k -> number(k.longestThread()));
        counters(table, kernels, KernelCount::total);
        add(table, "floor", kernels, k -> micros(Roofline.of(k.total(), gpu).seconds()));
        add(table, "busy", kernels, k -> micros(pipes(k).seconds()));
        add(table, "bound", kernels, k -> messages.text("bench.unit." + pipes(k).bottleneck()));
        List<String> lines = new ArrayList<>();
        lines.add(Inert.text(file.file()) + " · " + file.count().label() + " · "
                + messages.text(file.count().whole() ? "bench.whole" : "bench.sampled"));
        lines.addAll(table.lines());
        return lines;
    }

    private <T> void counters(BenchTable table, List<T> columns, Function<T, Counters> of) {
        add(table, "instructions", columns, c -> number(of.apply(c).get(Metric.INSTRUCTIONS)));
        add(table, "lanes", columns, c -> ratio(of.apply(c).get(Metric.ACTIVE_LANES)));
        add(table, "branches", columns, c -> percent(of.apply(c).get(Metric.BRANCH_EFFICIENCY)));
        add(table, "loads", columns, c -> ratio(of.apply(c).get(Metric.LOAD_SECTORS_PER_REQUEST)));
        add(table, "stores", columns, c -> ratio(of.apply(c).get(Metric.STORE_SECTORS_PER_REQUEST)));
        add(
                table,
                "conflicts",
                columns,
                c -> number(of.apply(c).get(Metric.SHARED_LOAD_CONFLICTS)
                        + of.apply(c).get(Metric.SHARED_STORE_CONFLICTS)));
        add(
                table,
                "local",
                columns,
                c -> number(
                        of.apply(c).get(Metric.LOCAL_LOAD_SECTORS) + of.apply(c).get(Metric.LOCAL_STORE_SECTORS)));
        add(table, "atomics", columns, c -> number(of.apply(c).get(Metric.ATOMIC_CONFLICTS)));
        add(table, "requested", columns, c -> number(of.apply(c).requestedBytes()));
        add(table, "compulsory", columns, c -> number(of.apply(c).compulsoryBytes()));
        add(table, "flops", columns, c -> number(of.apply(c).flops()));
        add(
                table,
                "intensity",
                columns,
                c -> ratio(of.apply(c).flops() / of.apply(c).compulsoryBytes()));
    }

    /** Several files side by side, the reference last if there is one. */
    List<String> comparison(List<BenchedFile> files, Optional<BenchedFile> reference) {
        List<BenchedFile> columns = new ArrayList<>(files);
        reference
                .filter(r -> files.stream().noneMatch(f -> f.sha256().equals(r.sha256())))
                .ifPresent(columns::add);
        List<String> heading = new ArrayList<>();
        heading.add("");
        columns.forEach(f -> heading.add(Inert.text(f.file())));
        BenchTable table = new BenchTable(heading);
        add(table, "launches", columns, f -> whole(f.count().launches()));
        add(table, "scratch", columns, f -> number(f.count().scratchBytes()));
        add(table, "longest", columns, f -> number(f.count().longestThread()));
        counters(table, columns, f -> f.count().total());
        add(
                table,
                "floor",
                columns,
                f -> micros(Roofline.of(f.count().total(), gpu).seconds()));
        add(table, "busy", columns, f -> micros(PerformanceModel.busy(f.count(), gpu)));
        reference.ifPresent(r -> {
            double best = PerformanceModel.busy(r.count(), gpu);
            add(table, "reference", columns, f -> ratio(PerformanceModel.busy(f.count(), gpu) / best));
        });
        return table.lines();
    }

    /** A saved run beside this one: old, new and their quotient, for what changed. */
    List<String> change(BenchReport.Entry old, BenchReport.Entry now) {
        BenchTable table = new BenchTable(
                List.of("", messages.text("bench.old"), messages.text("bench.new"), messages.text("bench.quotient")));
        Map<String, Double> metrics = new LinkedHashMap<>(now.metrics());
        metrics.forEach((name, value) -> {
            double before = old.metrics().getOrDefault(name, 0.0);
            if (before != value && (!name.contains("Micros.") || name.endsWith("." + gpu.name()))) {
                table.row(name, List.of(number(before), number(value), ratio(value / before)));
            }
        });
        List<String> lines = new ArrayList<>();
        lines.add(Inert.text(old.file()) + " → " + Inert.text(now.file()));
        if (!old.problem().equals(now.problem())) {
            lines.add("  " + messages.text("bench.otherProblem", old.problem(), now.problem()));
        } else if (table.lines().size() == 1) {
            lines.add("  " + messages.text("bench.unchanged"));
        } else {
            lines.addAll(table.lines());
        }
        if (old.problem().equals(now.problem()) && overlap(old.metrics(), now.metrics())) {
            lines.add("  " + messages.text("bench.notDistinguishable"));
        }
        return lines;
    }

    /** Whether both have times whose intervals overlap. Runs at different times share no pairs: only this can be said. */
    private static boolean overlap(Map<String, Double> old, Map<String, Double> now) {
        return old.containsKey("lowMicros")
                && now.containsKey("lowMicros")
                && old.get("lowMicros") <= now.getOrDefault("highMicros", 0.0)
                && now.get("lowMicros") <= old.getOrDefault("highMicros", 0.0);
    }

    private PipeModel pipes(KernelCount kernel) {
        return PipeModel.of(kernel.total(), gpu);
    }

    private <T> void add(BenchTable table, String key, List<T> columns, Function<T, String> cell) {
        table.row(
                messages.text("bench." + key, gpu.name()),
                columns.stream().map(cell).toList());
    }

    private static String shortName(String displayName) {
        String plain = Inert.text(displayName).replaceFirst("\\(.*", "");
        return plain.length() > 28 ? plain.substring(0, 27) + "…" : plain;
    }

    private static String of(Optional<Integer> value) {
        return value.map(BenchLines::whole).orElse("–");
    }

    private static String whole(int value) {
        return Integer.toString(value);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.0f %%", value);
    }

    private static String ratio(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "–";
    }

    private static String micros(double seconds) {
        return String.format(Locale.ROOT, "%.2f µs", 1e6 * seconds);
    }

    /** 1536, 12.6 k, 4.19 M. */
    static String number(double value) {
        if (value < 10_000) {
            return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
        }
        String[] units = {"k", "M", "G", "T", "P"};
        double scaled = value;
        int unit = -1;
        while (scaled >= 1000 && unit < units.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return String.format(
                Locale.ROOT, scaled < 10 ? "%.2f %s" : scaled < 100 ? "%.1f %s" : "%.0f %s", scaled, units[unit]);
    }
}
