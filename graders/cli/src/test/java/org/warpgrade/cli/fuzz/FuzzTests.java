package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.cpu.Executor;

/** {@code mvn -B -Pfuzz -pl graders/cli -am test -Dfuzz.seconds=600 -Dfuzz.seed=1}: mistakes go to target/fuzz. */
@Tag("fuzz")
class FuzzTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    private static List<String> texts(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(HOME.resolve(folder))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(ending)).sorted().toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    /** PTX on both executors; a runaway must be stopped within 100 ms of its deadline. */
    @Test
    void mutated_ptx_ends_as_an_outcome() throws IOException {
        List<String> corpus = texts("gpu-runner/src/test/resources/ptx-samples", ".ptx");

        assertThat(Fuzzing.ofProperties().run("ptx", new TextMutator(corpus), PtxTarget::take)).isEmpty();
    }

    private static final class PtxTarget {

        private static final Duration DEADLINE = Duration.ofMillis(100);
        private static final Duration LATEST = Duration.ofMillis(200);
        private static final Pattern ENTRY = Pattern.compile("\\.entry\\s+([\\w$]+)\\s*\\(([^)]*)\\)");
        private static final Pattern PARAMETER = Pattern.compile("\\.param\\s+\\.([a-z]\\d+)");
        private static final DeviceBuffer IN = DeviceBuffer.ints("in", Access.IN, values(), 1024);
        private static final DeviceBuffer OUT = DeviceBuffer.ints("out", Access.INOUT, values(), 1024);

        static void take(String ptx) {
            Program program = new Program(new CudaSource("fuzz.cu", ""), ptx, "fuzz", "", List.of(), Map.of());
            Call call = call(ptx);
            RunLimits limits = new RunLimits(DEADLINE, 5_000_000, 16 << 20, 100, 1 << 10);
            for (Executor executor : Executor.values()) {
                try (CpuDevice device = new CpuDevice(executor)) {
                    device.run(program, call, RunSettings.defaults().withLimits(limits)); // loads and compiles, too
                    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    RunOutcome outcome = device.run(program, call, RunSettings.defaults().withLimits(limits));
                    long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
                    assertThat(took).as("%s took this long: %s", executor, outcome).isLessThan(LATEST.toNanos());
                }
            }
        }

        private static Call call(String ptx) {
            Matcher entry = ENTRY.matcher(ptx);
            if (!entry.find()) {
                return Call.of("sample");
            }
            List<Argument> arguments = new ArrayList<>();
            Matcher parameter = PARAMETER.matcher(entry.group(2));
            while (parameter.find()) {
                arguments.add(switch (parameter.group(1)) {
                    case "u64", "b64", "s64" -> Argument.pointer(arguments.isEmpty() ? IN : OUT);
                    case "f64" -> Argument.f64(1);
                    default -> Argument.i32(3);
                });
            }
            return new Call(entry.group(1), arguments);
        }

        private static int[] values() {
            int[] values = new int[1024];
            for (int i = 0; i < values.length; i++) {
                values[i] = i * 0x9E3779B1;
            }
            return values;
        }
    }

    /** Sources through the guard and the compiler processes, and what compiles through the PTX parser. */
    @Test
    void mutated_sources_end_as_a_compilation() throws IOException {
        List<String> corpus = new ArrayList<>(texts("reference-impls/cuda", ".cu"));
        corpus.addAll(texts("reference-impls/exploits", ".cu"));
        corpus.removeIf(text -> text.contains("bomb"));
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent());
                CpuDevice device = new CpuDevice()) {
            List<String> wrong = Fuzzing.ofProperties().run("cuda", new TextMutator(corpus), mutant -> {
                if (compiler.compile(CompileRequest.of(new CudaSource("fuzz.cu", mutant))) instanceof Program program) {
                    device.run(program, Call.of("no such entry"), RunSettings.defaults());
                }
            });
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void mutated_yaml_ends_as_an_assignment_or_as_words_for_its_author(@TempDir Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("assignments/catalog/fuz/fuzz"));
        Files.writeString(folder.resolve("starter.cu"), "// assignment: fuzz\n");
        List<String> wrong = Fuzzing.ofProperties()
                .run("yaml", new TextMutator(texts("assignments/catalog", ".yaml")), mutant -> {
                    Files.writeString(folder.resolve("assignment.yaml"), mutant);
                    Catalog catalog = Catalog.of(home);
                    for (String id : catalog.ids()) {
                        catalog.audit(id);
                        try {
                            catalog.assignment(id);
                        } catch (CatalogException e) {
                            assertThat(e.getMessage()).isNotBlank();
                        }
                    }
                });
        assertThat(wrong).isEmpty();
    }

    @Test
    void mutated_results_are_read_or_refused() throws IOException {
        List<String> corpus = texts("graders/cli/src/test/resources/fuzz", ".json");
        List<String> wrong = Fuzzing.ofProperties().run("result", new TextMutator(corpus), mutant -> {
            try {
                ResultJson.read(mutant);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
        assertThat(wrong).isEmpty();
    }
}
