package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;

/** {@code mvn -B -Pfuzz -pl graders/cli -am test -Dfuzz.seconds=600 -Dfuzz.seed=1}: reports and mistakes go to target/fuzz. */
@Tag("fuzz")
class FuzzTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    private static List<String> texts(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(HOME.resolve(folder))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(
                            f -> Files.isRegularFile(f) && f.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    /** The samples of single instructions, and what NVRTC makes of the smaller references. */
    @Test
    void mutated_ptx_ends_as_an_outcome() throws IOException {
        List<String> corpus = texts("gpu-runner/src/test/resources/ptx-samples", ".ptx");
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
            for (String source : texts("reference-impls/cuda", ".cu")) {
                if (compiler.compile(CompileRequest.of(new CudaSource("fuzz.cu", source))) instanceof Program program
                        && program.ptx().length() < 60_000) {
                    // as many as there are samples, so that both are tried alike often
                    for (int i = 0; i < 30; i++) {
                        corpus.add(program.ptx());
                    }
                }
            }
        }
        PtxTarget target = new PtxTarget();
        List<String> wrong = Fuzzing.ofProperties().run("ptx", new TextMutator(corpus), target);
        System.out.println("A runaway went on for at most " + target.latest().toMillis() + " ms after its deadline.");
        assertThat(wrong).isEmpty();
        assertThat(target.latest()).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void mutated_sources_are_graded(@TempDir Path folder) throws IOException {
        List<String> corpus = new ArrayList<>();
        for (String part : List.of("cuda", "mutants", "exploits")) {
            texts("reference-impls/" + part, ".cu").stream()
                    // what never ends takes seconds each and shows nothing new
                    .filter(text -> !text.contains("timed-out") && !text.contains("bomb"))
                    .map(text -> text.contains("// assignment: ") ? text : "// assignment: cuda-saxpy\n" + text)
                    .forEach(corpus::add);
        }
        try (SourceTarget target = new SourceTarget(HOME, folder)) {
            assertThat(Fuzzing.ofProperties().run("cuda", new SourceMutator(corpus), target))
                    .isEmpty();
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
                    String answer = "nothing";
                    for (String id : catalog.ids()) {
                        catalog.audit(id);
                        try {
                            answer = "an assignment: " + catalog.assignment(id).isPresent();
                        } catch (CatalogException e) {
                            assertThat(e.getMessage()).isNotBlank();
                            answer = e.getMessage().replace(folder.toString(), "FOLDER");
                        }
                    }
                    return answer;
                });
        assertThat(wrong).isEmpty();
    }

    @Test
    void mutated_results_are_read_or_refused() throws IOException {
        List<String> corpus = texts("graders/cli/src/test/resources/fuzz", "result.json");
        List<String> wrong = Fuzzing.ofProperties().run("result", new TextMutator(corpus), mutant -> {
            try {
                GradingResult read = ResultJson.read(mutant);
                assertThat(ResultJson.read(ResultJson.write(read))).isEqualTo(read);
                return "read: " + read.verdict();
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
                return e.getMessage();
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void mutated_tables_and_plans_of_a_class_are_read_or_refused(@TempDir Path folder) throws Exception {
        List<Assignment> assignments =
                List.of(Catalog.of(HOME).assignment("op-softmax").orElseThrow());
        List<String> corpus = texts("graders/cli/src/test/resources/fuzz/class", "");
        List<String> wrong =
                Fuzzing.ofProperties().run("class", new TextMutator(corpus), new ClassTarget(folder, assignments));
        assertThat(wrong).isEmpty();
    }

    @Test
    void mutated_archives_are_read_or_refused(@TempDir Path folder) throws IOException {
        List<String> wrong = Fuzzing.ofProperties().run("archive", new ArchiveMutator(), new ArchiveTarget(folder));
        assertThat(wrong).isEmpty();
    }

    @Test
    void mutated_answers_of_jenkins_end_as_a_result_or_as_nobodys_fault(@TempDir Path folder) throws Exception {
        String result =
                texts("graders/cli/src/test/resources/fuzz", "result.json").getFirst();
        Path submission = folder.resolve("mine.cu");
        Files.writeString(submission, ResultJson.read(result).submission().text());
        List<String> corpus = texts("graders/cli/src/test/resources/fuzz/jenkins", ".txt").stream()
                .map(text -> text.replace("@RESULT@", result))
                .toList();
        try (JenkinsTarget target = new JenkinsTarget(submission)) {
            // unharmed, they lead all the way: what is mutated has been read
            assertThat(target.take(corpus.getFirst())).contains("graded ", "3 builds", "2 files");
            assertThat(Fuzzing.ofProperties().run("jenkins", new TextMutator(corpus), target))
                    .isEmpty();
        }
    }
}
