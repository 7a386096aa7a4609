package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.ModelBench;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.SpeedBench;
import org.warpgrade.engine.performance.BenchReport;
import org.warpgrade.engine.performance.BenchedFile;
import org.warpgrade.engine.performance.PerformanceModel;
import org.warpgrade.engine.performance.ProblemCount;
import org.warpgrade.engine.performance.Speed;
import org.warpgrade.engine.performance.SpeedGrade;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.model.GpuPeaks;
import org.warpgrade.gpu.timing.Measurement;
import org.warpgrade.gpu.timing.Plan;
import org.warpgrade.reports.Inert;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warpgrade bench}: what a solution costs, counted and modelled where there is no GPU to measure it. */
@Command(
        description = "Measure (cuda) or model (cpu) what solutions cost on their assignment's problem.",
        footer = {
            "",
            "On the cpu device nothing is timed: every memory access and instruction is counted, and a model",
            "says which unit of a GPU they keep busy longest. It tells why one version should be faster than",
            "another, not by how much, and is never graded.",
            "",
            "On the cuda device each file is timed in pairs with the reference, on fresh inputs and a flushed L2",
            "cache, until the 95 %% interval of the ratio of times is narrow; outputs are compared after every run.",
            "",
            "Example: warpgrade bench naive.cu fast.cu -a op-softmax --size rows=128 --json before.json"
        })
final class BenchCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Submissions: .cu files.")
    private List<Path> files = List.of();

    @Option(
            names = {"-a", "--assignment"},
            paramLabel = "ID",
            description = "The assignment; default: the file's line '// assignment: ID', else its name or folder.")
    private @Nullable String assignment;

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Option(names = "--gpu", paramLabel = "NAME", description = "The GPU that the model is told for; default: T4.")
    private String gpu = "T4";

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the inputs that are timed; default: 1.")
    private long seed = 1;

    @Option(names = "--size", paramLabel = "NAME=N", description = "Another size of the problem.")
    private Map<String, Integer> sizes = new LinkedHashMap<>();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Save the run there; '-' writes it to standard output and all else to standard error.")
    private @Nullable String json;

    @Option(names = "--baseline", paramLabel = "SAVED.json", description = "Compare with a saved run: old, then new.")
    private @Nullable Path baseline;

    @Mixin
    private LanguageOption language = new LanguageOption();

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Everything that was counted and timed of one assignment; times by the files' names. */
    private record Group(
            Assignment assignment,
            List<BenchedFile> files,
            Optional<BenchedFile> reference,
            Map<BenchedFile, Speed> speeds) {}

    @Override
    public Integer call() throws IOException {
        GpuPeaks chosen = chosenGpu();
        BenchReport old = baseline == null ? null : saved(baseline);
        Terminal words = "-".equals(json) ? terminal.withOutputOnError() : terminal;
        BenchLines lines = new BenchLines(Messages.of(language.tag()), chosen);
        ExitStatus status = ExitStatus.OK;
        Map<String, Group> groups = new LinkedHashMap<>();
        String kind;
        String measured = "";
        try (Device opened = device.open();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, false))) {
            kind = opened.kind().id();
            Path home = Path.of(System.getProperty("warpgrade.home", "."));
            Optional<SpeedBench> speed = DeviceOption.speedOn(opened, nvrtc);
            measured = speed.isPresent() ? opened.name() : "";
            ModelBench bench =
                    new ModelBench(Catalog.ofHome(), new NvrtcSubmissions(nvrtc), opened, home, speed.isPresent());
            for (Path file : files) {
                switch (bench.run(file, assignment, sizes)) {
                    case ModelBench.Result.Counted counted -> {
                        add(groups, counted, bench);
                        if (speed.isPresent() && !time(groups, counted, speed.get())) {
                            status = ExitStatus.NOT_FULL_MARKS;
                        }
                    }
                    case ModelBench.Result.Impossible(String name, String reason) -> {
                        terminal.err().println("warpgrade: " + Inert.text(name) + ": " + Inert.text(reason));
                        status = ExitStatus.NOT_FULL_MARKS;
                    }
                }
            }
        } catch (IntakeException e) {
            throw new UsageException(e.getMessage() + ".");
        }
        groups.values().forEach(group -> tell(group, lines, words));
        BenchReport report = new BenchReport(
                BenchReport.SCHEMA, measured.isEmpty() ? "model" : "measured", kind, measured, entries(groups));
        if (old != null) {
            tellChanges(old, report, lines, words);
        }
        if (measured.isEmpty()) {
            words.out().println(Messages.of(language.tag()).text("bench.model", chosen.name()));
        }
        save(report);
        return status.code();
    }

    private void add(Map<String, Group> groups, ModelBench.Result.Counted counted, ModelBench bench)
            throws IntakeException {
        Assignment of = counted.assignment();
        Group group = groups.get(of.id());
        if (group == null) {
            group = new Group(of, new ArrayList<>(), bench.reference(of, sizes), new LinkedHashMap<>());
            groups.put(of.id(), group);
        }
        group.files.add(counted.file());
    }

    /** Whether there is a time that counts; why there is none goes to standard error. */
    private boolean time(Map<String, Group> groups, ModelBench.Result.Counted counted, SpeedBench bench) {
        Group group = groups.get(counted.assignment().id());
        BenchedFile file = counted.file();
        Speed speed = bench.measure(counted.assignment(), file.file(), counted.program(), sizes, seed, Plan.standard());
        group.speeds.put(file, speed);
        String none = SpeedGrade.withoutTime(speed).in(language.tag());
        if (!none.isEmpty()) {
            terminal.err().println("warpgrade: " + Inert.text(file.file()) + ": " + Inert.text(none));
        }
        return none.isEmpty();
    }

    private static void tell(Group group, BenchLines lines, Terminal words) {
        for (BenchedFile file : group.files) {
            lines.file(file).forEach(words.out()::println);
            words.out().println();
        }
        if (group.files.size() > 1 || group.reference.isPresent()) {
            words.out().println(group.assignment.id());
            lines.comparison(group.files, group.reference).forEach(words.out()::println);
            words.out().println();
        }
        Map<String, Speed.Timed> timed = new LinkedHashMap<>();
        group.speeds.forEach((file, speed) -> {
            if (speed instanceof Speed.Timed t && t.measurement() instanceof Measurement.Compared) {
                timed.put(file.file(), t);
            }
        });
        if (!timed.isEmpty()) {
            new SpeedLines(lines.messages()).of(group.assignment, timed).forEach(words.out()::println);
            words.out().println();
        }
    }

    private static void tellChanges(BenchReport old, BenchReport now, BenchLines lines, Terminal words) {
        for (BenchReport.Entry entry : now.files()) {
            old.counterpart(entry).ifPresent(before -> {
                lines.change(before, entry).forEach(words.out()::println);
                words.out().println();
            });
        }
    }

    private static List<BenchReport.Entry> entries(Map<String, Group> groups) {
        List<BenchReport.Entry> entries = new ArrayList<>();
        for (Group group : groups.values()) {
            ProblemCount reference = group.reference.map(BenchedFile::count).orElse(null);
            for (BenchedFile file : group.files) {
                Map<String, Double> metrics = new LinkedHashMap<>(
                        PerformanceModel.of(file.count(), reference).metrics());
                metrics.putAll(file.count().total().metrics());
                Map<String, Map<String, Double>> kernels = new LinkedHashMap<>();
                file.count()
                        .kernels()
                        .forEach(k -> kernels.put(k.displayName(), k.total().metrics()));
                Map<String, List<Double>> micros = new LinkedHashMap<>();
                Speed speed = group.speeds.get(file);
                if (speed instanceof Speed.Timed timed) {
                    metrics.putAll(SpeedGrade.metrics(timed));
                    if (timed.measurement() instanceof Measurement.Compared compared) {
                        micros.put("candidate", compared.candidate().samples());
                        micros.put("reference", compared.reference().samples());
                    }
                }
                entries.add(new BenchReport.Entry(
                        file.file(),
                        file.sha256(),
                        group.assignment.id(),
                        speed instanceof Speed.Timed timed
                                ? timed.problem().label()
                                : file.count().label(),
                        file.count().whole(),
                        metrics,
                        kernels,
                        micros,
                        speed == null ? "" : SpeedGrade.withoutTime(speed).en()));
            }
        }
        return entries;
    }

    private void save(BenchReport report) throws IOException {
        if ("-".equals(json)) {
            terminal.out().print(report.json());
        } else if (json != null) {
            Files.writeString(Path.of(json), report.json());
        }
    }

    private GpuPeaks chosenGpu() {
        List<GpuPeaks> all = GpuPeaks.all();
        return all.stream()
                .filter(g -> g.name().equalsIgnoreCase(gpu))
                .findFirst()
                .or(() -> all.stream()
                        .filter(g -> g.name().toLowerCase(Locale.ROOT).startsWith(gpu.toLowerCase(Locale.ROOT)))
                        .findFirst())
                .orElseThrow(() -> new UsageException("no GPU is called '" + gpu + "'; known: "
                        + String.join(", ", all.stream().map(GpuPeaks::name).toList()) + "."));
    }

    private static BenchReport saved(Path file) throws IOException {
        try {
            return BenchReport.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage() + ".");
        }
    }
}
