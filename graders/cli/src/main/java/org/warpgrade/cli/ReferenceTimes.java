package org.warpgrade.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;

/**
 * How long each reference takes to grade in a warm JVM, as tables for {@code graders/MEASURED.md}: for developers,
 * {@code ./warpgrade --java -XX:TieredStopAtLevel=1 org.warpgrade.cli.ReferenceTimes [ROUNDS]}. Each round grades all
 * references, registers and counters included, without a report; the last of three is the one that counts.
 */
final class ReferenceTimes {

    private static final int ROUNDS = 3;

    /** What a grading took, in seconds; processor time is that of all threads, the JVM's own compiler included. */
    private record Taken(String file, double wall, double processor) {}

    private record Ladder(String assignment, List<Taken> rungs) {}

    private ReferenceTimes() {}

    static void main(String[] arguments) throws CatalogException, IntakeException, IOException {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        Path home = Path.of(System.getProperty("warpgrade.home", "."));
        Catalog catalog = Catalog.of(home);
        try (CpuDevice device = new CpuDevice();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(Progress.silent())) {
            Grading grading = new Grading(catalog, new NvrtcSubmissions(nvrtc), device, ChecksFinder.onClassPath());
            for (int round = 1; round <= rounds; round++) {
                List<Ladder> ladders = new ArrayList<>();
                for (String id : catalog.ids()) {
                    ladders.add(ladder(
                            grading, id, home.resolve("reference-impls/cuda").resolve(id)));
                }
                System.out.printf(
                        Locale.ROOT,
                        "Round %d of %d, load %.1f%n%n",
                        round,
                        rounds,
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
                System.out.println(table("wall seconds", ladders, Taken::wall));
                System.out.println(table("processor seconds", ladders, Taken::processor));
            }
        }
    }

    private static Ladder ladder(Grading grading, String id, Path folder) throws IntakeException, IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".cu")).sorted().toList();
        }
        List<Taken> rungs = new ArrayList<>();
        for (Path file : files) {
            long wall = System.nanoTime();
            long processor = processorTime();
            GradingResult result = grading.run(GradingRequest.of(file).forAssignment(id));
            rungs.add(new Taken(
                    file.getFileName().toString(),
                    (System.nanoTime() - wall) / 1e9,
                    (processorTime() - processor) / 1e9));
            if (result.verdict() != Verdict.PASSED) {
                throw new IllegalStateException(file + " does not pass: " + result.verdict());
            }
        }
        return new Ladder(id, rungs);
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** First and last rung in columns of their own, those between them in order, and the sums below. */
    private static String table(String title, List<Ladder> ladders, ToDoubleFunction<Taken> value) {
        StringBuilder table = new StringBuilder("| " + title + " | naive | … | | last rung |\n|---|---|---|---|---|\n");
        for (Ladder ladder : ladders) {
            List<String> cells = ladder.rungs().stream()
                    .map(rung -> String.format(Locale.ROOT, "%.2f", value.applyAsDouble(rung)))
                    .collect(Collectors.toCollection(ArrayList::new));
            while (cells.size() < 4) {
                cells.add(cells.size() - 1, "");
            }
            table.append("| ")
                    .append(ladder.assignment())
                    .append(" | ")
                    .append(String.join(" | ", cells))
                    .append(" |\n");
        }
        double last = ladders.stream()
                .mapToDouble(ladder -> value.applyAsDouble(ladder.rungs().getLast()))
                .sum();
        double all = ladders.stream()
                .flatMap(ladder -> ladder.rungs().stream())
                .mapToDouble(value)
                .sum();
        long slow = ladders.stream()
                .flatMap(ladder -> ladder.rungs().stream())
                .filter(rung -> value.applyAsDouble(rung) > 3)
                .count();
        return table.append(String.format(
                        Locale.ROOT, "%nLast rungs together %.1f, all %.1f; above 3: %d.%n", last, all, slow))
                .toString();
    }
}
