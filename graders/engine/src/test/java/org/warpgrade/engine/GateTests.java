package org.warpgrade.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.GateRow.Kind;

class GateTests {

    @TempDir
    private Path home;

    private Path folder;

    @BeforeEach
    void an_assignment_with_all_its_files() throws IOException {
        folder = FakeCatalog.at(home);
        reference("1-naive.cu", "RIGHT");
        mutant("m1.cu", "// mutant: H2 handles 1024 columns only", "ROWS1024");
    }

    private void reference(String name, String behaviour) throws IOException {
        Path cuda = Files.createDirectories(home.resolve("reference-impls/cuda/fake-softmax"));
        Files.writeString(cuda.resolve(name), "// naive\n// " + behaviour + "\n");
    }

    private void mutant(String name, String firstLine, String behaviour) throws IOException {
        Path mutants = Files.createDirectories(home.resolve("reference-impls/mutants/fake-softmax"));
        Files.writeString(mutants.resolve(name), firstLine + "\n// " + behaviour + "\n");
    }

    private List<GateRow> gate() throws Exception {
        Catalog catalog = Catalog.of(home);
        Grading grading = new Grading(catalog, new FakeCompiler(), new WordDevice(), id -> FakeCatalog.checks());
        List<GateRow> heard = new ArrayList<>();
        List<GateRow> rows = new Gate(catalog, home, grading).run(List.of(), EnumSet.allOf(Kind.class), heard::add);
        assertThat(heard).isEqualTo(rows);
        return rows;
    }

    @Test
    void takes_the_seed_it_is_given() throws Exception {
        Grading grading =
                new Grading(Catalog.of(home), new FakeCompiler(), new WordDevice(), id -> FakeCatalog.checks());

        assertThat(new Gate(Catalog.of(home), home, grading, 77).seed()).isEqualTo(77);
        assertThat(new Gate(Catalog.of(home), home, grading).seed()).isNotNegative();
    }

    private GateRow row(String file) throws Exception {
        return gate().stream().filter(r -> r.file().equals(file)).findFirst().orElseThrow();
    }

    @Test
    void is_green_where_all_is_as_it_must_be() throws Exception {
        List<GateRow> rows = gate();

        assertThat(rows).extracting(GateRow::kind).containsExactly(Kind.STARTER, Kind.REFERENCE, Kind.MUTANT);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.ok()).as(row.toString()).isTrue());
        assertThat(rows.get(1).result()).isEqualTo("passed");
        assertThat(rows.get(1).margin()).isZero();
        assertThat(rows.get(2).named()).isEqualTo("H2");
        assertThat(rows.get(2).result()).startsWith("failed: Case some rows. y[0][1024] is the first wrong element.");
    }

    @Test
    void is_red_for_a_starter_that_passes_or_does_not_compile() throws Exception {
        Files.writeString(folder.resolve("starter.cu"), "// RIGHT\n");
        assertThat(row("starter.cu").ok()).isFalse();
        Files.writeString(folder.resolve("starter.cu"), "// MISTAKE\n");
        assertThat(row("starter.cu").result()).startsWith("compile-error: The file does not compile: ");
        assertThat(row("starter.cu").ok()).isFalse();
    }

    @Test
    void is_red_for_a_reference_that_fails() throws Exception {
        reference("2-fast.cu", "ROWS2");

        assertThat(row("2-fast.cu").ok()).isFalse();
        assertThat(row("2-fast.cu").result())
                .startsWith("failed P1 H1 H2: Case some rows, rows=1 cols=3. y[0][2] = NaN");
    }

    @Test
    void is_red_for_a_reference_without_margin() throws Exception {
        reference("2-fast.cu", "SLOPPY");

        assertThat(row("2-fast.cu").ok()).isFalse();
        assertThat(row("2-fast.cu").result()).matches("passes, but uses 0\\.\\d{3} of a tolerance \\(at most 1/8\\)");
    }

    @Test
    void is_red_for_a_mutant_that_its_check_does_not_see() throws Exception {
        mutant("m2.cu", "// mutant: H1 handles 1024 columns only", "ROWS1024");

        assertThat(row("m2.cu").ok()).isFalse();
        assertThat(row("m2.cu").result()).isEqualTo("passed");
    }

    @Test
    void is_red_for_a_mutant_that_names_no_check() throws Exception {
        mutant("m2.cu", "// mutant: H7 what", "ROWS1");
        mutant("m3.cu", "// something", "ROWS1");

        assertThat(row("m2.cu").result()).isEqualTo("names H7, which is no check of fake-softmax");
        assertThat(row("m3.cu").result()).isEqualTo("its first line must be '// mutant: CHECK what is wrong'");
    }

    @Test
    void is_red_where_there_is_nothing() throws Exception {
        Files.delete(home.resolve("reference-impls/mutants/fake-softmax/m1.cu"));

        assertThat(gate())
                .filteredOn(r -> r.kind() == Kind.MUTANT)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.ok()).isFalse();
                    assertThat(row.result()).isEqualTo("there is none");
                });
    }

    @Test
    void exploits_get_the_verdict_they_name_and_no_credit() throws Exception {
        String include = "// assignment: fake-softmax\n#include \"/etc/passwd\"\n";
        exploit("include.cu", "// exploit: 12 reads a file of the host; verdict: rejected; by: compile", include);
        exploit(
                "harmless.cu",
                "// exploit: 12 reads a file of the host; verdict: rejected; by: compile",
                "// ROWS1024\n");
        exploit("partly.cu", "// exploit: 38 knows some sizes; verdict: failed; by: H2; points: 55", "// ROWS1024\n");
        exploit("too-well.cu", "// exploit: 38 knows some sizes; verdict: failed; by: H2; points: 54", "// ROWS1024\n");
        exploit(
                "other-check.cu",
                "// exploit: 38 knows some sizes; verdict: failed; by: H1; points: 55",
                "// ROWS1024\n");
        exploit("unnamed.cu", "// exploit: rejected", "// ROWS1024\n");

        assertThat(row("include.cu").ok()).isTrue();
        assertThat(row("include.cu").named()).isEqualTo("rejected compile");
        assertThat(row("harmless.cu").ok()).isFalse();
        assertThat(row("harmless.cu").result()).endsWith(", 55 points of 0 allowed");
        assertThat(row("partly.cu").ok()).isTrue();
        assertThat(row("too-well.cu").ok()).isFalse();
        assertThat(row("other-check.cu").ok()).isFalse();
        assertThat(row("unnamed.cu").result())
                .isEqualTo(
                        "its first line must be '// exploit: NUMBER-OR-NAME what it tries; verdict: VERDICT; by: CHECK[;"
                                + " points: N]'");
    }

    @Test
    void controls_must_pass() throws Exception {
        exploit("controls/fake-softmax/odd.cu", "// control: odd, but right", "// RIGHT\n");
        exploit("controls/fake-softmax/wrong.cu", "// control: odd, but wrong", "// ROWS1024\n");

        assertThat(row("odd.cu").kind()).isEqualTo(Kind.CONTROL);
        assertThat(row("odd.cu").ok()).isTrue();
        assertThat(row("wrong.cu").ok()).isFalse();
    }

    private void exploit(String name, String firstLine, String text) throws IOException {
        Path file = home.resolve("reference-impls/exploits/fake-softmax").resolve(name);
        if (name.startsWith("controls/")) {
            file = home.resolve("reference-impls/exploits").resolve(name);
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, firstLine + "\n" + text);
    }

    @Test
    void knows_only_assignments_that_exist() {
        Catalog catalog = Catalog.of(home);
        Grading grading = new Grading(catalog, new FakeCompiler(), new WordDevice(), id -> FakeCatalog.checks());

        assertThatThrownBy(() ->
                        new Gate(catalog, home, grading).run(List.of("op-magic"), EnumSet.allOf(Kind.class), row -> {}))
                .hasMessage("there is no assignment 'op-magic'");
    }
}
