package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;

/** {@code mvn -B -Psoak -pl graders/cli -am test -Dsoak.gradings=5000}: what a JVM holds after a tenth and at the end. */
@Tag("soak")
class SoakTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    /** What adds up where something is never given back. */
    private record Held(int gradings, long megabytes, long classes, int threads, long descriptors) {

        static Held after(int gradings) throws IOException {
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
                    descriptors);
        }
    }

    @Test
    void thousands_of_gradings_leave_nothing_behind() throws Exception {
        int gradings = Integer.getInteger("soak.gradings", 5000);
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("mutants/cuda-saxpy", "mutants/cuda-reduce", "mutants/op-softmax", "exploits/cuda-saxpy")) {
            try (Stream<Path> found = Files.list(HOME.resolve("reference-impls").resolve(folder))) {
                // What never ends takes seconds each and adds nothing to the soak.
                for (Path file : found.filter(f -> f.toString().endsWith(".cu")).sorted().toList()) {
                    String text = Files.readString(file);
                    if (!text.contains("timed-out") && !text.contains("bomb")) {
                        files.add(file);
                    }
                }
            }
        }
        List<Held> held = new ArrayList<>();
        int faults = 0;
        try (CpuDevice device = new CpuDevice();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(Progress.silent())) {
            Grading grading =
                    new Grading(Catalog.of(HOME), new NvrtcSubmissions(nvrtc), device, ChecksFinder.onClassPath());
            for (int i = 0; i < gradings; i++) {
                Path file = files.get(i % files.size());
                Verdict verdict = grading.run(GradingRequest.of(file)
                                .publicOnly()
                                .withoutResources()
                                .forAssignment(file.getParent().getFileName().toString()))
                        .verdict();
                faults += verdict == Verdict.HARNESS_ERROR ? 1 : 0;
                if ((i + 1) % Math.max(1, gradings / 10) == 0) {
                    held.add(Held.after(i + 1));
                }
            }
        }
        StringBuilder report = new StringBuilder("gradings  MB after collection  classes  threads  descriptors\n");
        held.forEach(h -> report.append(String.format(
                Locale.ROOT, "%8d %20d %8d %8d %12d%n", h.gradings, h.megabytes, h.classes, h.threads, h.descriptors)));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "soak.txt"), report);
        Held early = held.get(1);
        Held last = held.getLast();
        assertThat(faults).isZero();
        assertThat(last.megabytes).as(report.toString()).isLessThan(early.megabytes * 3 / 2 + 32);
        assertThat(last.classes).as(report.toString()).isLessThan(early.classes * 5 / 4 + 500);
        assertThat(last.threads).as(report.toString()).isLessThan(early.threads + 10);
        assertThat(last.descriptors).as(report.toString()).isLessThan(early.descriptors + 20);
    }
}
