package org.warpgrade.engine.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.engine.Compiler;
import org.warpgrade.engine.FakeCatalog;
import org.warpgrade.engine.FakeDevice;
import org.warpgrade.engine.Softmax;
import org.warpgrade.engine.Submission;
import org.warpgrade.engine.mutation.MutationRun.Again;
import org.warpgrade.engine.mutation.MutationRun.Plan;
import org.warpgrade.engine.runner.CheckRunner;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

class MutationRunTests {

    /** A softmax of the first so many columns; the longest rows of the checks have 1025. */
    private static final String REFERENCE = "void f() {\n    columns = 1000 + 25 + 0;\n}\n";

    @TempDir
    private Path home;

    private final Sums compiler = new Sums();

    @BeforeEach
    void one_reference() throws IOException {
        Path cuda = Files.createDirectories(home.resolve("reference-impls/cuda/fake-softmax"));
        Files.writeString(cuda.resolve("1-naive.cu"), REFERENCE);
    }

    /** A compiler of sums, which makes the same code of equal ones. */
    private static final class Sums implements Compiler {
        private static final Pattern SUM = Pattern.compile("columns = (\\d+)((?: [+-] \\d+)*);");

        private int compiled;

        @Override
        public String name() {
            return "sums";
        }

        @Override
        public synchronized Compilation compile(Submission submission) {
            compiled++;
            Matcher sum = SUM.matcher(submission.source().text());
            if (!sum.find()) {
                return new CompileRejected("no sum", List.of());
            }
            int columns = Integer.parseInt(sum.group(1));
            Matcher term = Pattern.compile(" ([+-]) (\\d+)").matcher(sum.group(2));
            while (term.find()) {
                columns += (term.group(1).equals("+") ? 1 : -1) * Integer.parseInt(term.group(2));
            }
            return new Program(
                    submission.source(), "// line " + compiled + "\n" + columns, name(), "", List.of(), Map.of());
        }

        @Override
        public boolean refused(CompileRejected rejected) {
            return false;
        }

        @Override
        public List<Diagnostic> diagnostics(Program program) {
            return List.of();
        }

        @Override
        public List<KernelResources> resources(Submission submission) {
            return List.of();
        }
    }

    private static final class Columns implements Device {
        @Override
        public DeviceKind kind() {
            return DeviceKind.CPU;
        }

        @Override
        public String name() {
            return "columns";
        }

        @Override
        public RunOutcome run(Program program, Call call, RunSettings settings) {
            int columns = Integer.parseInt(program.ptx().lines().toList().getLast());
            return FakeDevice.running(memory -> Softmax.rows(memory, columns)).run(program, call, settings);
        }

        @Override
        public void close() {}
    }

    private List<Mutant> run(int every, Again again) {
        MutationRun run = new MutationRun(
                home,
                home.resolve("state"),
                compiler,
                new Columns(),
                new CheckRunner(id -> FakeCatalog.checks()),
                new Plan("", every, again, 2, 7));
        List<Mutant> heard = new ArrayList<>();
        List<Mutant> mutants = run.run(Softmax.assignment(), heard::add);
        assertThat(heard).isEqualTo(mutants);
        return mutants;
    }

    private static List<String> changes(List<Mutant> mutants, Fate fate) {
        return mutants.stream()
                .filter(mutant -> mutant.fate() == fate)
                .map(Mutant::change)
                .sorted()
                .toList();
    }

    private void judge(String change, String why) throws IOException {
        Path folder = Files.createDirectories(home.resolve("reference-impls/equivalent-mutants"));
        Files.writeString(folder.resolve("fake-softmax.yaml"), """
                - files: [1-naive.cu]
                  line: "columns = 1000 + 25 + 0;"
                  changes: ["%s"]
                  why: %s
                  reason: "rows have 1025 columns"
                """.formatted(change, why));
    }

    @Nested
    class What_becomes_of_mutants {

        @Test
        void is_told_of_each_once() {
            List<Mutant> mutants = run(1, Again.NOTHING);

            assertThat(changes(mutants, Fate.NOT_COMPILED))
                    .containsExactly("statement @5: columns = 1000 + 25 + 0; => ;");
            assertThat(changes(mutants, Fate.SAME_CODE)).containsExactly("arithmetic @25: + => -", "term @25: + 0 =>");
            assertThat(changes(mutants, Fate.KILLED)).contains("arithmetic @20: + => -", "term @20: + 25 =>");
            // 1001 + 25, 1000 + 26 and + 1 are one program, 999 + 25 and 1000 + 24 another one.
            assertThat(changes(mutants, Fate.SURVIVED)).hasSize(1);
            assertThat(changes(mutants, Fate.DUPLICATE)).hasSize(3);
        }

        @Test
        void is_told_with_the_check_that_noticed_and_the_lines() {
            Mutant killed = run(1, Again.NOTHING).stream()
                    .filter(mutant -> mutant.change().equals("arithmetic @20: + => -"))
                    .findFirst()
                    .orElseThrow();

            assertThat(killed.by()).isEqualTo("H2 failed");
            assertThat(killed.diff()).isEqualTo("-     columns = 1000 + 25 + 0;\n+     columns = 1000 - 25 + 0;\n");
        }

        @Test
        void is_known_to_the_next_run() {
            List<Mutant> first = run(1, Again.NOTHING);
            compiler.compiled = 0;

            List<Mutant> second = run(1, Again.NOTHING);

            assertThat(compiler.compiled).isZero();
            assertThat(second)
                    .extracting(Mutant::fate)
                    .isEqualTo(first.stream().map(Mutant::fate).toList());
        }

        @Test
        void is_found_out_anew_where_the_ledger_was_cut_off() throws IOException {
            run(1, Again.NOTHING);
            Path ledger = home.resolve("state/fake-softmax.jsonl");
            String text = Files.readString(ledger);
            int kept = text.indexOf('\n') + 30;
            Files.writeString(ledger, text.substring(0, kept), StandardOpenOption.TRUNCATE_EXISTING);
            compiler.compiled = 0;

            run(1, Again.NOTHING);

            assertThat(compiler.compiled).isPositive();
            compiler.compiled = 0;
            run(1, Again.NOTHING);
            assertThat(compiler.compiled).isZero();
        }

        @Test
        void is_found_out_anew_for_survivors_if_asked() {
            run(1, Again.NOTHING);
            compiler.compiled = 0;

            List<Mutant> again = run(1, Again.SURVIVED);

            assertThat(compiler.compiled).as("the survivor and the reference").isEqualTo(2);
            assertThat(changes(again, Fate.SURVIVED)).hasSize(1);
        }

        @Test
        void is_the_same_in_a_sample() {
            List<String> all =
                    run(1, Again.NOTHING).stream().map(Mutant::change).toList();
            List<String> half =
                    run(2, Again.NOTHING).stream().map(Mutant::change).toList();
            List<String> quarter =
                    run(4, Again.NOTHING).stream().map(Mutant::change).toList();

            assertThat(all).containsAll(half);
            assertThat(half).containsAll(quarter).hasSizeLessThan(all.size());
        }
    }

    @Nested
    class What_people_judged {

        @Test
        void makes_a_survivor_an_equivalent_one() throws IOException {
            String survivor = changes(run(1, Again.NOTHING), Fate.SURVIVED).getFirst();
            judge(survivor, "same-result");

            List<Mutant> mutants = run(1, Again.NOTHING);

            assertThat(changes(mutants, Fate.SURVIVED)).isEmpty();
            assertThat(mutants)
                    .filteredOn(mutant -> mutant.fate() == Fate.EQUIVALENT)
                    .extracting(Mutant::by)
                    .containsExactly("same-result: rows have 1025 columns");
        }

        @Test
        void is_wrong_if_a_check_notices() throws IOException {
            judge("arithmetic @20: + => -", "performance");

            List<Mutant> mutants = run(1, Again.NOTHING);

            assertThat(mutants)
                    .filteredOn(mutant -> mutant.fate() == Fate.MISJUDGED)
                    .extracting(Mutant::by)
                    .containsExactly("H2 failed, judged performance: rows have 1025 columns");
        }
    }
}
