package org.warpgrade.assignments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Assignment.EntrySignature.Form;
import org.warpgrade.assignments.Assignment.SeedItem;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.CatalogProblem.Weight;

class CatalogTests {

    private static final String GOOD = """
            id: op-double
            track: OPS
            title: {en: "Double a vector", zh: "向量加倍"}
            difficulty: 1
            needs: [cuda-saxpy]
            seeds: [S0-Q01]
            entries:
              - name: twice
                form: entry
                returns: void
                parameters:
                  - {name: x, type: "const float*", space: device, shape: "[n]", meaning: {en: "input", zh: "输入"}}
                  - {name: n, type: int, space: value, shape: "", meaning: {en: "length", zh: "长度"}}
            checks:
              - {id: P1, title: {en: "Small", zh: "小"}, family: "worked example", points: 40, visibility: public}
              - {id: H1, title: {en: "Ragged", zh: "不规则"}, family: "ragged sizes", points: 60, visibility: hidden}
            performance: {kind: MEM, formula: "8 * n", pass: 0.5, full: 0.8}
            budgets: {scratchBytes: "", launches: "1"}
            """;

    private static String withProblem(String problem) {
        return GOOD.replace("full: 0.8}", "full: 0.8, problem: " + problem + "}");
    }

    @TempDir
    private Path home;

    private Path folder;

    @BeforeEach
    void one_assignment() throws IOException {
        folder = Files.createDirectories(home.resolve("assignments/catalog/ops/op-double"));
        write(GOOD);
        for (String file : List.of("starter.cu", "handout.md", "handout.zh.md")) {
            Files.writeString(folder.resolve(file), "x");
        }
        Files.writeString(home.resolve("assignments/catalog/roadmap.txt"), "# basics\nCUD cuda-saxpy\nOPS op-double\n");
    }

    @Nested
    class Reading {

        @Test
        void every_field_arrives() throws CatalogException {
            Assignment assignment = catalog().assignment("op-double").orElseThrow();

            assertThat(assignment.title()).isEqualTo(new Text("Double a vector", "向量加倍"));
            assertThat(assignment.track()).isEqualTo("OPS");
            assertThat(assignment.difficulty()).isEqualTo(1);
            assertThat(assignment.needs()).containsExactly("cuda-saxpy");
            assertThat(assignment.seeds()).containsExactly(new SeedItem("S0-Q01", List.of()));
            assertThat(assignment.entries()).hasSize(1);
            assertThat(assignment.entries().getFirst().form()).isEqualTo(Form.ENTRY);
            assertThat(assignment.entries().getFirst().declaration()).isEqualTo("void twice(const float* x, int n)");
            assertThat(assignment.points()).isEqualTo(100);
            assertThat(assignment.check("H1").orElseThrow().visibility()).isEqualTo(Visibility.HIDDEN);
            assertThat(assignment.performance()).isEqualTo(new Assignment.Performance("MEM", "8 * n", 0.5, 0.8));
            assertThat(assignment.budgets()).isEqualTo(new Assignment.Budgets("", "1"));
            assertThat(assignment.concepts()).isEmpty();
            assertThat(assignment.starter()).exists();
        }

        @Test
        void a_seed_item_may_name_its_checks() throws Exception {
            write(GOOD.replace("[S0-Q01]", "[S0-Q01, {id: S0-T05, checks: [H1]}]"));

            assertThat(catalog().assignment("op-double").orElseThrow().seeds())
                    .containsExactly(new SeedItem("S0-Q01", List.of()), new SeedItem("S0-T05", List.of("H1")));
        }

        @Test
        void a_problem_to_measure_is_optional_and_arrives() throws Exception {
            write(withProblem("{entry: twice, arguments: [\"in:f32[n]\", \"i32:n\"], gpu: {n: 1024}, model: {n: 32}}"));

            assertThat(catalog()
                            .assignment("op-double")
                            .orElseThrow()
                            .performance()
                            .problem())
                    .isEqualTo(new Assignment.Problem(
                            "twice", List.of("in:f32[n]", "i32:n"), Map.of("n", 1024), Map.of("n", 32)));
        }

        @Test
        void points_for_speed_are_optional_and_arrive() throws Exception {
            write(
                    withProblem(
                            "{entry: twice, arguments: [\"in:f32[n]\", \"i32:n\"], gpu: {n: 1024}, model: {n: 32}}, points: 12"));

            Assignment assignment = catalog().assignment("op-double").orElseThrow();
            assertThat(assignment.performance().points()).isEqualTo(12);
            assertThat(assignment.points()).as("of the checks").isEqualTo(100);
        }

        @Test
        void concepts_are_optional_and_arrive() throws Exception {
            write(GOOD + """
                      concepts:
                        - {q: 0, question: {en: "How many?", zh: "多少？"}, parameters: ["L: layers"], answer: {en: "L", zh: "L"}}
                      """);

            Assignment assignment = catalog().assignment("op-double").orElseThrow();

            assertThat(assignment.concepts())
                    .containsExactly(new Assignment.Concept(
                            0, new Text("How many?", "多少？"), List.of("L: layers"), new Text("L", "L")));
        }

        @Test
        void a_handout_is_found_by_language() {
            assertThat(catalog().handout("op-double", "en")).contains(folder.resolve("handout.md"));
            assertThat(catalog().handout("op-double", "zh-CN")).contains(folder.resolve("handout.zh.md"));
            assertThat(catalog().handout("op-triple", "en")).isEmpty();
        }

        @Test
        void an_unknown_id_is_absent() throws CatalogException {
            assertThat(catalog().assignment("op-triple")).isEmpty();
        }

        @Test
        void the_catalogue_lists_by_track_and_id() throws CatalogException {
            assertThat(catalog().ids()).containsExactly("op-double");
            assertThat(catalog().assignments()).extracting(Assignment::id).containsExactly("op-double");
        }

        @Test
        void a_home_without_catalogue_is_empty() {
            assertThat(Catalog.of(home.resolve("nowhere")).ids()).isEmpty();
        }
    }

    @Nested
    class Warnings {

        @Test
        void a_need_that_is_planned_but_not_written_is_a_warning() {
            Catalog.Audited audited = catalog().audit("op-double");

            assertThat(audited.hasErrors()).isFalse();
            assertThat(audited.assignment()).isNotNull();
            assertThat(audited.problems())
                    .singleElement()
                    .satisfies(p -> assertThat(p.weight()).isEqualTo(Weight.WARNING))
                    .hasToString(
                            "ops/op-double/assignment.yaml:5:9 /needs/0 'cuda-saxpy' is planned but not written yet");
        }
    }

    @Nested
    class Errors {

        @Test
        void a_problem_of_an_entry_that_does_not_exist() throws IOException {
            expect(
                    withProblem("{entry: thrice, arguments: [\"i32:n\"], gpu: {n: 9}, model: {n: 3}}"),
                    "ops/op-double/assignment.yaml:17:83 /performance/problem/entry there is no entry 'thrice'");
        }

        @Test
        void an_argument_of_a_problem_that_says_nothing() throws IOException {
            expect(
                    withProblem("{entry: twice, arguments: [\"in:f31[n]\", \"i32:m\"], gpu: {n: 9}, model: {n: 3}}"),
                    "ops/op-double/assignment.yaml:17:102 /performance/problem/arguments/0 'in:f31[n]' is no argument:"
                            + " 'f31' is not f32, f64, i32, i64 or u8",
                    "ops/op-double/assignment.yaml:17:115 /performance/problem/arguments/1 'i32:m' is no argument:"
                            + " there is no size 'm'");
        }

        @Test
        void a_problem_with_too_few_arguments() throws IOException {
            expect(
                    withProblem("{entry: twice, arguments: [\"i32:n\"], gpu: {n: 9}, model: {n: 3}}"),
                    "ops/op-double/assignment.yaml:17:101 /performance/problem/arguments twice takes 2 arguments, not 1");
        }

        @Test
        void a_problem_whose_sizes_have_other_names_on_the_gpu() throws IOException {
            expect(
                    withProblem("{entry: twice, arguments: [\"in:f32[n]\", \"i32:n\"], gpu: {n: 9}, model: {m: 3}}"),
                    "ops/op-double/assignment.yaml:17:145 /performance/problem/model gpu and model must name the same"
                            + " sizes");
        }

        @Test
        void a_formula_that_speaks_of_other_sizes_than_the_problem() throws IOException {
            expect(
                    withProblem("{entry: twice, arguments: [\"in:f32[m]\", \"i32:m\"], gpu: {m: 9}, model: {m: 3}}"),
                    "ops/op-double/assignment.yaml:17:35 /performance/formula '8 * n': there is no size 'n' (before character 6)");
        }

        @Test
        void points_for_speed_that_nothing_measures() throws IOException {
            expect(
                    GOOD.replace("full: 0.8}", "full: 0.8, points: 10}"),
                    "ops/op-double/assignment.yaml:17:74 /performance/points points for speed need kind MEM or CMP and a"
                            + " problem to measure");
        }

        @Test
        void a_seed_item_answered_by_a_check_that_does_not_exist() throws IOException {
            expect(
                    GOOD.replace("[S0-Q01]", "[{id: S0-Q01, checks: [H7]}]"),
                    "ops/op-double/assignment.yaml:6:31 /seeds/0/checks/0 there is no check 'H7'");
        }

        @Test
        void a_seed_item_that_stands_twice() throws IOException {
            expect(
                    GOOD.replace("[S0-Q01]", "[S0-Q01, S0-Q01]"),
                    "ops/op-double/assignment.yaml:6:17 /seeds/1 'S0-Q01' stands twice");
        }

        @Test
        void a_wrong_type() throws IOException {
            expect(
                    GOOD.replace("points: 40", "points: forty"),
                    "ops/op-double/assignment.yaml:15:79 /checks/0/points string found, integer expected");
        }

        @Test
        void a_missing_field() throws IOException {
            expect(
                    GOOD.replace("difficulty: 1\n", ""),
                    "ops/op-double/assignment.yaml:1:1 required property 'difficulty' not found");
        }

        @Test
        void a_misspelt_field() throws IOException {
            expect(
                    GOOD.replace("family: \"ragged sizes\"", "famly: \"ragged sizes\""),
                    "ops/op-double/assignment.yaml:16:5 /checks/1 required property 'family' not found",
                    "ops/op-double/assignment.yaml:16:5 /checks/1 property 'famly' is not defined in the schema and the"
                            + " schema does not allow additional properties");
        }

        @Test
        void a_word_outside_its_list() throws IOException {
            expect(
                    GOOD.replace("visibility: hidden", "visibility: secret"),
                    "ops/op-double/assignment.yaml:16:96 /checks/1/visibility does not have a value in the enumeration"
                            + " [\"public\", \"hidden\"]");
        }

        @Test
        void no_chinese_title() throws IOException {
            expect(
                    GOOD.replace(", zh: \"向量加倍\"", ""),
                    "ops/op-double/assignment.yaml:3:8 /title required property 'zh' not found");
        }

        @Test
        void points_that_do_not_add_up() throws IOException {
            expect(
                    GOOD.replace("points: 60", "points: 50"),
                    "ops/op-double/assignment.yaml:15:3 /checks points add up to 90, 100 expected");
        }

        @Test
        void a_check_id_used_twice() throws IOException {
            expect(
                    GOOD.replace("id: H1", "id: P1"),
                    "ops/op-double/assignment.yaml:16:10 /checks/1/id 'P1' is used twice");
        }

        @Test
        void a_public_check_after_a_hidden_one() throws IOException {
            expect(
                    GOOD.replace("visibility: public", "visibility: hidden")
                            .replaceFirst("(?s)(.*)visibility: hidden", "$1visibility: public"),
                    "ops/op-double/assignment.yaml:16:96 /checks/1/visibility public checks come before hidden ones");
        }

        @Test
        void a_need_that_nobody_plans() throws IOException {
            expect(
                    GOOD.replace("[cuda-saxpy]", "[cuda-magic]"),
                    "ops/op-double/assignment.yaml:5:9 /needs/0 there is no assignment 'cuda-magic'");
        }

        @Test
        void an_id_in_the_wrong_folder() throws IOException {
            expect(
                    GOOD.replace("id: op-double", "id: op-triple"),
                    "ops/op-double/assignment.yaml:1:5 /id 'op-triple' stands in the folder 'op-double'");
        }

        @Test
        void a_track_in_the_wrong_folder() throws IOException {
            expect(
                    GOOD.replace("track: OPS", "track: ATT"),
                    "ops/op-double/assignment.yaml:2:8 /track 'ATT' stands in the folder 'ops'");
        }

        @Test
        void a_type_that_is_not_cpp() throws IOException {
            expect(
                    GOOD.replace("const float*", "float[]"),
                    "ops/op-double/assignment.yaml:12:25 /entries/0/parameters/0/type 'float[]' is not a C++ type such as"
                            + " const float*",
                    "ops/op-double/assignment.yaml:12:43 /entries/0/parameters/0/space 'float[]' is no pointer: value"
                            + " expected");
        }

        @Test
        void a_pointer_by_value() throws IOException {
            expect(
                    GOOD.replace("space: device", "space: value"),
                    "ops/op-double/assignment.yaml:12:48 /entries/0/parameters/0/space 'const float*' is a pointer:"
                            + " device or host expected");
        }

        @Test
        void a_shape_without_brackets() throws IOException {
            expect(
                    GOOD.replace("shape: \"[n]\"", "shape: \"n\""),
                    "ops/op-double/assignment.yaml:12:63 /entries/0/parameters/0/shape 'n' is not a row of extents such"
                            + " as [rows][cols]");
        }

        @Test
        void a_formula_without_a_kind() throws IOException {
            expect(
                    GOOD.replace("kind: MEM", "kind: NONE"),
                    "ops/op-double/assignment.yaml:17:36 /performance/formula kind NONE has no formula");
        }

        @Test
        void a_missing_handout() throws IOException {
            Files.delete(folder.resolve("handout.zh.md"));

            expect(GOOD, "ops/op-double/assignment.yaml:1:1 handout.zh.md is missing beside it");
        }

        @Test
        void a_key_that_stands_twice() throws IOException {
            expect(
                    GOOD.replace("track: OPS", "track: OPS\ntrack: OPS"),
                    "ops/op-double/assignment.yaml:3:6 Duplicate Object property \"track\"");
        }

        @Test
        void text_that_is_not_yaml() throws IOException {
            expect(
                    GOOD.replace("needs: [cuda-saxpy]", "needs: [cuda-saxpy"),
                    "ops/op-double/assignment.yaml:6:6 while parsing a flow sequence");
        }

        @Test
        void the_whole_catalogue_tells_all_problems_at_once() throws IOException {
            write(GOOD.replace("points: 60", "points: 50").replace("[n]", "n"));

            assertThatThrownBy(() -> catalog().assignments())
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("/checks points add up to 90")
                    .hasMessageContaining("/shape 'n' is not a row");
        }

        private void expect(String yaml, String... errors) throws IOException {
            write(yaml);

            assertThatThrownBy(() -> catalog().assignment("op-double"))
                    .isInstanceOf(CatalogException.class)
                    .extracting(e -> ((CatalogException) e)
                            .problems().stream()
                                    .filter(p -> p.weight() == Weight.ERROR)
                                    .map(CatalogProblem::toString)
                                    .toList())
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                    .containsExactlyInAnyOrder(errors);
        }
    }

    private Catalog catalog() {
        return Catalog.of(home);
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("assignment.yaml"), yaml);
    }
}
