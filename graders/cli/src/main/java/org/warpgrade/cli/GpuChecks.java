package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.Gate;
import org.warpgrade.engine.GateRow;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.ModelBench;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.SpeedBench;
import org.warpgrade.engine.performance.PerformanceModel;
import org.warpgrade.engine.performance.Speed;
import org.warpgrade.engine.performance.SpeedGrade;
import org.warpgrade.engine.performance.TimedProblem;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.model.GpuPeaks;
import org.warpgrade.gpu.timing.Measurement.Compared;
import org.warpgrade.gpu.timing.PeakMeter;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.gpu.timing.Plan;
import org.warpgrade.gpu.worker.WatchedDevice;
import org.warpgrade.gpu.worker.WorkerDevice;

/**
 * The checks that need a GPU, what tells most first: a lent machine may be gone before the last. A step that fails is a
 * row, and the next step runs.
 */
final class GpuChecks {

    /** A rung is timed against the last one for at most this long; all forty rungs then take at most some five minutes. */
    private static final Plan RUNG = new Plan(1, 8, 60, 0.02, Duration.ofSeconds(8));

    /** What there is to check, in the order in which it is: what tells most first. */
    enum Part {
        SAMPLES,
        PEAKS,
        REFERENCES,
        LADDERS,
        TORCH,
        MUTANTS
    }

    /** Design, section 10. */
    private static final double MOST_OVERHEAD = 0.01;

    private static final long SEED = 1;

    private final WorkerDevice gpu;
    private final NvrtcCompiler nvrtc;
    private final Path home;
    private final GpuCheckRows rows;
    private final long end;
    private final boolean rehearsal;
    private final String python;
    private final Catalog catalog = Catalog.ofHome();
    private final List<String> ids;
    private final Set<Part> parts;
    private final SpeedBench speed;
    private final Map<String, Double> fastest = new LinkedHashMap<>();

    GpuChecks(
            WorkerDevice gpu,
            NvrtcCompiler nvrtc,
            Path home,
            GpuCheckRows rows,
            Duration most,
            boolean rehearsal,
            String python,
            List<String> only,
            Set<Part> parts) {
        this.gpu = gpu;
        this.nvrtc = nvrtc;
        this.home = home;
        this.rows = rows;
        this.end = System.nanoTime() + most.toNanos();
        this.rehearsal = rehearsal;
        this.python = python;
        this.parts = parts;
        this.ids = only.isEmpty() ? catalog.ids() : List.copyOf(only);
        this.speed = new SpeedBench(
                catalog,
                new NvrtcSubmissions(nvrtc),
                gpu,
                device -> rehearsal ? Peaks.unknown() : new PeakMeter(nvrtc).measure(device),
                home);
    }

    private interface Step {
        void run() throws IOException, CatalogException, IntakeException;
    }

    void run() throws IOException, CatalogException, IntakeException {
        rows.add(
                "GPU",
                gpu.name() + ", driver for CUDA " + gpu.driverVersion() / 1000 + "." + gpu.driverVersion() % 1000 / 10);
        rows.add("date", LocalDate.now() + (rehearsal ? ", a rehearsal: nothing here is a measurement" : ""));
        rows.add("state before", gpu.state().toString());
        step(Part.SAMPLES, "PTX samples", this::samples);
        if (!rehearsal) {
            step(Part.PEAKS, "peaks", this::peaks);
        }
        Set<GateRow.Kind> rightOnes = EnumSet.of(GateRow.Kind.STARTER, GateRow.Kind.REFERENCE);
        step(
                Part.REFERENCES,
                "references on both devices",
                () -> verdicts(rehearsal ? EnumSet.of(GateRow.Kind.STARTER) : rightOnes));
        step(Part.LADDERS, "ladders", this::ladders);
        step(Part.TORCH, "PyTorch", this::torch);
        if (!rehearsal) { // a double takes an hour for them
            step(
                    Part.MUTANTS,
                    "mutants, exploits, controls on both devices",
                    () -> verdicts(EnumSet.of(GateRow.Kind.MUTANT, GateRow.Kind.EXPLOIT, GateRow.Kind.CONTROL)));
        }
        rows.add("state after", gpu.state().toString());
    }

    private void step(Part part, String name, Step step) throws IOException, CatalogException, IntakeException {
        if (!parts.contains(part)) {
            return;
        }
        if (isLate()) {
            rows.check(name, "not begun: no time left", false);
            return;
        }
        try {
            step.run();
        } catch (RuntimeException e) {
            rows.check(name, "failed: " + e, false);
        }
    }

    private boolean isLate() {
        return System.nanoTime() - end > 0;
    }

    private void samples() throws IOException {
        List<Path> files = PtxSamples.in(PtxSamples.folder(home));
        int run = 0;
        int right = 0;
        int newer = 0;
        for (Path file : files) {
            if (isLate()) {
                break;
            }
            run++;
            String wrong = PtxSamples.run(gpu, file);
            if (wrong.isEmpty()) {
                right++;
            } else if (wrong.contains("does not take the compiled program") && PtxSamples.isForNewer(file)) {
                newer++;
            } else {
                rows.check(file.getFileName().toString(), wrong, false);
            }
        }
        rows.check(
                "PTX samples",
                right + " of " + files.size()
                        + " store the bits of their headers (approximations: within their error); " + newer
                        + " are for newer hardware" + (run < files.size() ? "; no time for the others" : ""),
                right + newer == files.size());
    }

    private void peaks() {
        Peaks peaks = speed.peaks();
        rows.add(
                "peaks",
                String.format(
                        Locale.ROOT,
                        "%.0f GB/s, %.1f TFLOP/s fp32, %.1f TFLOP/s tensor cores",
                        peaks.bytesPerSecond() / 1e9,
                        peaks.fp32PerSecond() / 1e12,
                        peaks.tensorPerSecond() / 1e12));
        double overhead = new PeakMeter(nvrtc).overhead(gpu);
        rows.check(
                "harness overhead over bare events",
                String.format(Locale.ROOT, "%.2f %%", 100 * overhead),
                overhead <= MOST_OVERHEAD);
    }

    // ------------------------------------------------------------------ speed

    private void ladders() throws CatalogException, IntakeException {
        for (String id : ids) {
            Assignment assignment = assignment(id);
            Problem problem = assignment.performance().problem();
            if (problem == null) {
                continue;
            }
            if (isLate()) {
                rows.check(id, "not timed: no time left", false);
                continue;
            }
            Map<String, Double> measured = new LinkedHashMap<>();
            Plan plan = rehearsal ? RUNG.withBudget(Duration.ofMinutes(1)) : RUNG;
            speed.ladder(assignment, sizes(problem), SEED, plan, (file, result) -> {
                rows.add(id + "/" + file, words(result));
                if (result instanceof Speed.Timed timed && timed.measurement() instanceof Compared compared) {
                    measured.put(file, compared.candidate().micros().median());
                    fastest.put(id, compared.candidate().micros().median());
                }
            });
            if (measured.size() > 1) {
                rows.add(id + ", order", order(assignment, measured));
            }
        }
    }

    private Assignment assignment(String id) throws CatalogException, IntakeException {
        return catalog.assignment(id).orElseThrow(() -> new IntakeException("there is no assignment '" + id + "'"));
    }

    private Map<String, Integer> sizes(Problem problem) {
        return rehearsal ? problem.model() : Map.of();
    }

    private static String words(Speed result) {
        if (!(result instanceof Speed.Timed timed && timed.measurement() instanceof Compared c)) {
            return SpeedGrade.withoutTime(result).en();
        }
        boolean memory = timed.problem().kind() == TimedProblem.Kind.MEM;
        return String.format(
                Locale.ROOT,
                "%.2f µs (%.2f to %.2f), %.3f (%.3f to %.3f) of the last rung's time, %s of the floor, %s of the %s kernel, %d pairs,"
                        + " %s",
                c.candidate().micros().median(),
                c.candidate().micros().low(),
                c.candidate().micros().high(),
                c.ratio().median(),
                c.ratio().low(),
                c.ratio().high(),
                percent(c.fractionOfFloor()),
                percent(timed.problem().fraction(c.candidate().micros().median(), timed.peaks())),
                memory ? "copy" : "multiply-add",
                c.candidate().samples().size(),
                c.standing().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static String percent(double fraction) {
        return fraction > 0 ? String.format(Locale.ROOT, "%.0f %%", 100 * fraction) : "an unknown part";
    }

    /** Rungs from slow to fast as the model has them and as they were measured. */
    private String order(Assignment assignment, Map<String, Double> measured) throws IntakeException {
        GpuPeaks nearest = GpuPeaks.all().stream()
                .filter(g -> gpu.name().contains(g.name().split(" ")[0]))
                .findFirst()
                .orElse(GpuPeaks.all().getFirst());
        Map<String, Double> modelled = new LinkedHashMap<>();
        try (CpuDevice cpu = new CpuDevice()) {
            ModelBench bench = new ModelBench(catalog, new NvrtcSubmissions(nvrtc), cpu, home, false);
            for (String file : measured.keySet()) {
                Path path = home.resolve("reference-impls/cuda")
                        .resolve(assignment.id())
                        .resolve(file);
                if (bench.run(path, assignment.id(), Map.of()) instanceof ModelBench.Result.Counted counted) {
                    modelled.put(file, PerformanceModel.busy(counted.file().count(), nearest));
                }
            }
        }
        List<String> byModel = slowestFirst(modelled);
        List<String> byClock = slowestFirst(measured);
        return byModel.equals(byClock)
                ? "the model's for " + nearest.name() + ": " + String.join(", ", byClock)
                : "measured " + String.join(", ", byClock) + "; modelled for " + nearest.name() + " "
                        + String.join(", ", byModel);
    }

    private static List<String> slowestFirst(Map<String, Double> times) {
        return times.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(e -> e.getKey().replace(".cu", ""))
                .toList();
    }

    // ------------------------------------------------------------------ PyTorch

    private void torch() throws IOException, CatalogException, IntakeException {
        TorchComparison torch = new TorchComparison(python, home);
        Optional<String> version = torch.version();
        if (version.isEmpty()) {
            rows.add("PyTorch", "'" + python + "' has no torch that sees a GPU: no ratio");
            return;
        }
        rows.add("PyTorch", version.get());
        for (String id : fastest.keySet()) {
            if (isLate()) {
                rows.check("torch " + id, "no time left", false);
                continue;
            }
            Assignment assignment = assignment(id);
            Path folder = Files.createTempDirectory("warpgrade-torch");
            try {
                speed.export(
                        assignment,
                        sizes(Objects.requireNonNull(assignment.performance().problem())),
                        SEED,
                        folder);
                rows.add(
                        "torch " + id,
                        torch.time(id, folder).map(t -> words(id, t)).orElse("no such operator"));
            } finally {
                deleteFlat(folder);
            }
        }
    }

    private static void deleteFlat(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private String words(String id, TorchComparison.Timed torch) {
        return String.format(
                Locale.ROOT,
                "%.2f µs; our last rung takes %.3f of its time; values differ by %.1e (root mean square, relative)",
                torch.micros(),
                fastest.get(id) / torch.micros(),
                torch.difference());
    }

    // ------------------------------------------------------------------ verdicts

    /** The publish gate on both devices, assignment by assignment: every file must end alike. */
    private void verdicts(Set<GateRow.Kind> kinds) throws CatalogException, IntakeException {
        int files = 0;
        int same = 0;
        int assignments = 0;
        try (CpuDevice cpu = new CpuDevice();
                CpuDevice watcher = new CpuDevice()) {
            // All files are ours, so one process serves them all: a process for each would be most of the time.
            WatchedDevice watched = new WatchedDevice(gpu, watcher, () -> {});
            for (String id : ids) {
                if (isLate()) {
                    break;
                }
                assignments++;
                List<GateRow> here = gate(cpu, id, kinds);
                List<GateRow> there = gate(watched, id, kinds);
                for (GateRow row : here) {
                    files++;
                    GateRow other = there.stream()
                            .filter(r -> r.kind() == row.kind() && r.file().equals(row.file()))
                            .findFirst()
                            .orElseThrow();
                    boolean equal = other.ok() == row.ok() && other.result().equals(row.result());
                    same += equal ? 1 : 0;
                    if (!equal) {
                        rows.check(id + "/" + row.file(), "cpu: " + row.result() + "; cuda: " + other.result(), false);
                    }
                }
            }
        }
        List<String> names = new ArrayList<>();
        kinds.forEach(kind -> names.add(kind.name().toLowerCase(Locale.ROOT) + "s"));
        rows.check(
                "verdicts equal on both devices: " + String.join(", ", names),
                same + " of " + files + " files, " + assignments + " of " + ids.size() + " assignments",
                same == files && assignments == ids.size());
    }

    private List<GateRow> gate(Device device, String id, Set<GateRow.Kind> kinds)
            throws CatalogException, IntakeException {
        Grading grading = new Grading(catalog, new NvrtcSubmissions(nvrtc), device, ChecksFinder.onClassPath());
        return new Gate(catalog, home, grading).run(List.of(id), kinds, _ -> {});
    }
}
