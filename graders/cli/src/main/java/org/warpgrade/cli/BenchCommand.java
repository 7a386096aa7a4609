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
import org.warpgrade.engine.performance.BenchReport;
import org.warpgrade.engine.performance.BenchedFile;
import org.warpgrade.engine.performance.PerformanceModel;
import org.warpgrade.engine.performance.ProblemCount;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.model.GpuPeaks;
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

    /** Everything that was counted of one assignment. */
    private record Group(Assignment assignment, List<BenchedFile> files, Optional<BenchedFile> reference) {}

    @Override
    public Integer call() throws IOException {
        GpuPeaks chosen = chosenGpu();
        BenchReport old = baseline == null ? null : saved(baseline);
        Terminal words = "-".equals(json) ? terminal.withOutputOnError() : terminal;
        BenchLines lines = new BenchLines(Messages.of(language.tag()), chosen);
        ExitStatus status = ExitStatus.OK;
        Map<String, Group> groups = new LinkedHashMap<>();
        String kind;
        try (Device opened = device.open();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, false))) {
            kind = opened.kind().id();
            Path home = Path.of(System.getProperty("warpgrade.home", "."));
            ModelBench bench = new ModelBench(Catalog.ofHome(), new NvrtcSubmissions(nvrtc), opened, home);
            for (Path file : files) {
                switch (bench.run(file, assignment, sizes)) {
                    case ModelBench.Result.Counted counted -> add(groups, counted, bench);
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
        BenchReport report = new BenchReport(BenchReport.SCHEMA, "model", kind, entries(groups));
        if (old != null) {
            tellChanges(old, report, lines, words);
        }
        words.out().println(Messages.of(language.tag()).text("bench.model", chosen.name()));
        save(report);
        return status.code();
    }

    private void add(Map<String, Group> groups, ModelBench.Result.Counted counted, ModelBench bench)
            throws IntakeException {
        Assignment of = counted.assignment();
        Group group = groups.get(of.id());
        if (group == null) {
            group = new Group(of, new ArrayList<>(), bench.reference(of, sizes));
            groups.put(of.id(), group);
        }
        group.files.add(counted.file());
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
                file.count().kernels().forEach(k -> kernels.put(k.displayName(), k.total().metrics()));
                entries.add(new BenchReport.Entry(
                        file.file(),
                        file.sha256(),
                        group.assignment.id(),
                        file.count().label(),
                        file.count().whole(),
                        metrics,
                        kernels));
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
