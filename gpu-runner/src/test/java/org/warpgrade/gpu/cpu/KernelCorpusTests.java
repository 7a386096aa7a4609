package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.typed.CallLinker;
import org.warpgrade.gpu.ptx.typed.TypedModule;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/**
 * How much of other people's code the CPU device takes: every {@code .cu} of a folder is compiled, each of its kernels is
 * made a class of lane loops with and without the sanitizers, and what a file's entry {@code corpus()} prints must be the same
 * on all executors, without an error finding, and begin with "ok". {@code -Pcorpus -Dcorpus.folder=FOLDER} (or one file).
 */
class KernelCorpusTests {

    private static final String ENTRY = "corpus";

    /** How far a file or a kernel came. */
    private enum Reached {
        NOT_COMPILED,
        REFUSED,
        NO_CLASS,
        LOADED,
        WRONG,
        RAN
    }

    /** One line of the result; {@code kernel} is empty for what is told of the file. */
    private record Row(Path file, String kernel, int instructions, Reached reached, String told) {}

    private final Path folder = Path.of(System.getProperty("corpus.folder", "no-corpus"));
    private final Set<String> opcodes = new TreeSet<>();

    @Tag("corpus")
    @Test
    void every_kernel_of_the_folder_is_taken_and_every_entry_runs_alike_on_both_executors() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder);
                NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".cu"))
                    .sorted()
                    .toList()) {
                List<Row> ofFile = rows(compiler, file);
                ofFile.forEach(row -> System.err.println(line(row)));
                rows.addAll(ofFile);
            }
        }
        System.err.println(summary(rows));
        Files.write(
                Path.of(System.getProperty("corpus.table", "target/corpus.tsv")),
                rows.stream().map(this::line).toList());
        assertThat(rows).isNotEmpty();
        assertThat(rows.stream()
                        .filter(row -> row.reached() != Reached.RAN && row.reached() != Reached.LOADED)
                        .map(this::line))
                .isEmpty();
    }

    private String line(Row row) {
        return String.join(
                "\t",
                folder.equals(row.file())
                        ? row.file().getFileName().toString()
                        : folder.relativize(row.file()).toString(),
                row.kernel().isEmpty() ? "(file)" : row.kernel(),
                String.valueOf(row.instructions()),
                row.reached().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                row.told().replaceAll("\\s+", " "));
    }

    private String summary(List<Row> rows) {
        List<Row> kernels = rows.stream().filter(row -> !row.kernel().isEmpty()).toList();
        return String.format(
                Locale.ROOT,
                "%d files, %d not compiled; %d of %d kernels loaded, %,d PTX instructions of %d opcodes; %d entries ran, %d went wrong",
                rows.stream().map(Row::file).distinct().count(),
                count(rows, Reached.NOT_COMPILED),
                count(kernels, Reached.LOADED),
                kernels.size(),
                kernels.stream().mapToLong(Row::instructions).sum(),
                opcodes.size(),
                count(rows, Reached.RAN),
                count(rows, Reached.WRONG));
    }

    private static long count(List<Row> rows, Reached reached) {
        return rows.stream().filter(row -> row.reached() == reached).count();
    }

    private List<Row> rows(NvrtcCompiler compiler, Path file) throws IOException {
        CudaSource source = new CudaSource(file.getFileName().toString(), Files.readString(file));
        CompileRequest request = CompileRequest.of(source)
                .withOptions("--gpu-architecture=compute_" + System.getProperty("corpus.architecture", "80"));
        return switch (compiler.compile(request)) {
            case CompileRejected rejected ->
                List.of(new Row(
                        file,
                        "",
                        0,
                        Reached.NOT_COMPILED,
                        rejected.log()
                                .lines()
                                .filter(l -> l.contains("error"))
                                .findFirst()
                                .orElse(rejected.log())));
            case Program program -> rows(file, program);
        };
    }

    private List<Row> rows(Path file, Program program) {
        List<Row> rows = new ArrayList<>();
        TypedModule module =
                new TypedModule(PtxParser.parse(program.ptx(), program.source().name()));
        boolean entry = false;
        for (PtxFunction function : module.module().functions().values()) {
            entry |= function.name().equals(ENTRY);
            if (function.kernel() && !function.declaration()) {
                rows.add(load(file, module, function));
            }
        }
        if (entry) {
            rows.add(run(file, program));
        }
        return rows;
    }

    private Row load(Path file, TypedModule module, PtxFunction function) {
        String name = function.name();
        int size = 0;
        try {
            var kernel = CallLinker.link(module, module.function(name, name), Warp.STACK_LIMIT);
            size = kernel.function().code().size();
            function.instructions().forEach(instruction -> opcodes.add(instruction.opcode()));
            LaneCompiler.compile(kernel, LaneAccess.class);
            LaneCompiler.compile(kernel, WatchedAccess.class);
            LaneCompiler.compile(kernel, new Formation(256, 256));
            return new Row(file, name, size, Reached.LOADED, "");
        } catch (UnsupportedPtxException refused) {
            return new Row(file, name, size, Reached.REFUSED, String.valueOf(refused.getMessage()));
        } catch (VerifyError | RuntimeException broken) {
            return new Row(file, name, size, Reached.NO_CLASS, broken.toString());
        }
    }

    private Row run(Path file, Program program) {
        String loops = run(program, Executor.LANE_LOOPS, true);
        String interpreted = run(program, Executor.WARP_INTERPRETER, true);
        if (!loops.equals(interpreted) || !loops.startsWith("ok")) {
            String told = loops.equals(interpreted) ? loops : "lane loops: " + loops + " | interpreter: " + interpreted;
            return new Row(file, "", 0, Reached.WRONG, told);
        }
        String abreast = run(program, Executor.LANES_ABREAST, false);
        return loops.equals(abreast)
                ? new Row(file, "", 0, Reached.RAN, loops)
                : new Row(file, "", 0, Reached.WRONG, "lane loops: " + loops + " | abreast: " + abreast);
    }

    private static String run(Program program, Executor executor, boolean sanitize) {
        RunSettings settings = RunSettings.defaults()
                .withSanitize(sanitize)
                .withLimits(RunLimits.defaults().withDeadline(Duration.ofSeconds(60)));
        try (CpuDevice device = new CpuDevice(executor)) {
            return told(device.run(program, Call.of(ENTRY), settings));
        }
    }

    private static String told(RunOutcome outcome) {
        StringBuilder told = new StringBuilder();
        if (!(outcome instanceof RunOutcome.Completed)) {
            told.append(outcome.getClass().getSimpleName()).append(": ");
            if (outcome instanceof RunOutcome.Unsupported unsupported) {
                told.append(unsupported.message()).append(' ');
            }
        }
        for (Finding finding : outcome.trace().findings()) {
            if (finding.severity() == Severity.ERROR) {
                told.append(finding.kind().id())
                        .append(" at ")
                        .append(finding.at())
                        .append(": ")
                        .append(finding.message())
                        .append("; ");
            }
        }
        return told.append(outcome.trace().printed()).toString();
    }
}
