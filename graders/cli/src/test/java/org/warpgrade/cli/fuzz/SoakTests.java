package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.reports.Reports;

/**
 * {@code mvn -B -Psoak -pl graders/cli -am test -Dsoak.gradings=5000}: references, mutants and exploits of all assignments in one
 * JVM, again and again; what it holds after each tenth goes to {@code target/soak.txt}.
 */
@Tag("soak")
class SoakTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    /** Each so many gradings the text is a new one, which the compilers have never seen. */
    private static final int BETWEEN_COMPILATIONS = 20;

    /** Each so many gradings the report is written, too. */
    private static final int BETWEEN_REPORTS = 10;

    /** What adds up where something is never given back, and what a grading of the last tenth cost. */
    private record Held(
            int gradings, long megabytes, long classes, int threads, long descriptors, long processes, Duration each) {

        static Held after(int gradings, Duration each) throws IOException {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            Runtime runtime = Runtime.getRuntime();
            long descriptors = 0;
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                descriptors = open.count();
            }
            return new Held(
                    gradings,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    descriptors,
                    ProcessHandle.current().descendants().count(),
                    each);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%8d %20d %8d %8d %12d %10d %17d%n",
                    gradings,
                    megabytes,
                    classes,
                    threads,
                    descriptors,
                    processes,
                    each.toMillis());
        }
    }

    @Test
    void thousands_of_gradings_leave_nothing_behind(@TempDir Path folder) throws Exception {
        int gradings = Integer.getInteger("soak.gradings", 5000);
        List<Path> files = files();
        List<Held> held = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        StringBuilder report = new StringBuilder(
                "gradings  MB after collection  classes  threads  descriptors  processes  CPU ms a grading\n");
        try (CpuDevice device = new CpuDevice();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(Progress.silent())) {
            Grading grading =
                    new Grading(Catalog.of(HOME), new NvrtcSubmissions(nvrtc), device, ChecksFinder.onClassPath());
            int part = Math.max(1, gradings / 10);
            ProcessorTime clock = ProcessorTime.start();
            for (int i = 0; i < gradings; i++) {
                Path file = files.get(i % files.size());
                String assignment = file.getParent().getFileName().toString();
                if (i % BETWEEN_COMPILATIONS == 0) {
                    String text = Files.readString(file) + "\n// " + i + " of " + System.nanoTime() + "\n";
                    file = Files.writeString(folder.resolve("new.cu"), text);
                }
                GradingResult result = grading.run(
                        GradingRequest.of(file).publicOnly().withoutResources().forAssignment(assignment));
                if (result.verdict() == Verdict.HARNESS_ERROR) {
                    faults.add(files.get(i % files.size()) + ": "
                            + result.message().en());
                }
                if (i % BETWEEN_REPORTS == 0) {
                    Reports.write(result, Audience.STUDENT, "en", folder.resolve("report"));
                }
                if ((i + 1) % part == 0) {
                    held.add(Held.after(i + 1, clock.used().dividedBy(part)));
                    report.append(held.getLast());
                    Files.createDirectories(Path.of("target"));
                    Files.writeString(Path.of("target", "soak.txt"), report);
                    clock = ProcessorTime.start();
                }
            }
        }
        Held early = held.get(1);
        Held last = held.getLast();
        assertThat(faults).isEmpty();
        assertThat(last.megabytes).as(report.toString()).isLessThan(early.megabytes * 3 / 2 + 32);
        assertThat(last.classes).as(report.toString()).isLessThan(early.classes * 5 / 4 + 500);
        assertThat(last.threads).as(report.toString()).isLessThan(early.threads + 10);
        assertThat(last.descriptors).as(report.toString()).isLessThan(early.descriptors + 20);
        assertThat(last.processes).as(report.toString()).isLessThanOrEqualTo(early.processes + 2);
    }

    /** In an order that mixes the assignments, always the same. */
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("cuda", "mutants", "exploits")) {
            try (Stream<Path> found = Files.walk(HOME.resolve("reference-impls").resolve(folder), 2)) {
                for (Path file :
                        found.filter(f -> f.toString().endsWith(".cu")).sorted().toList()) {
                    // What never ends takes seconds each and adds nothing to the soak.
                    String text = Files.readString(file);
                    if (!text.contains("timed-out") && !text.contains("bomb")) {
                        files.add(file);
                    }
                }
            }
        }
        Collections.shuffle(files, new Random(1));
        return files;
    }
}
