package org.warpgrade.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.reports.exchange.MarkdownSummary;
import org.warpgrade.reports.exchange.Sarif;

class MistakesTests {

    private static final String RACE = "reads offset 0 of shared memory, which thread (0,0,0) wrote at line 28";

    @Nested
    class Together {

        @Test
        void are_findings_of_one_kind_at_one_line() {
            Mistakes mistakes = of(raceAt("P1", 30), raceAt("H1", 28), raceAt("H2", 30), raceAt("H3", 28));

            assertThat(mistakes.toldBy(raceAt("P1", 30))).isNull();
            assertThat(mistakes.toldBy(raceAt("H1", 28))).isNull();
            assertThat(mistakes.toldBy(raceAt("H2", 30))).isEqualTo("P1");
            assertThat(mistakes.toldBy(raceAt("H3", 28))).isEqualTo("H1");
        }

        @Test
        void are_wrong_values_with_one_likely_cause() {
            CheckResult first = wrong("H1", "y", "a cause");
            CheckResult second = wrong("H2", "y", "a cause");

            assertThat(of(first, second).toldBy(second)).isEqualTo("H1");
        }

        @Test
        void are_checks_that_say_the_same_and_show_nothing_else() {
            CheckResult first = check("H1", CheckStatus.FAILED, "The results are right, but by luck.", null, List.of());
            CheckResult second =
                    check("H2", CheckStatus.FAILED, "The results are right, but by luck.", null, List.of());
            CheckResult other = check("H3", CheckStatus.FAILED, "Two launches more than allowed.", null, List.of());
            Mistakes mistakes = of(first, second, other);

            assertThat(mistakes.toldBy(second)).isEqualTo("H1");
            assertThat(mistakes.toldBy(other)).isNull();
            assertThat(Story.repeated(second, "H1", Messages.of("en"))).isEqualTo("As in H1.");
        }

        @Test
        void is_what_was_not_run_for_want_of_time() {
            CheckResult first = check("H1", CheckStatus.TIMED_OUT, "Case a. Not run.", null, List.of());
            CheckResult second = check("H2", CheckStatus.TIMED_OUT, "Case b. Not run.", null, List.of());

            assertThat(of(first, second).toldBy(second)).isEqualTo("H1");
        }
    }

    @Nested
    class InFilesForMachines {

        private final GradingResult result = graded(raceAt("P1", 30), raceAt("H1", 30), raceAt("H2", 28));

        @Test
        void a_place_is_annotated_once_with_the_checks_that_came_upon_it() {
            assertThat(Sarif.render(result, "en"))
                    .containsOnlyOnce(
                            "P1, H1: softmax.cu:30, block (0,0,0), thread (1,0,0): Data race in shared memory: ")
                    .containsOnlyOnce("H2: softmax.cu:28, ");
        }

        @Test
        void a_summary_tells_it_once_and_names_the_others() {
            assertThat(MarkdownSummary.render(result, "en"))
                    .containsOnlyOnce("softmax.cu:30")
                    .contains("- The same in H1.\n")
                    .contains("**H2** H2\n")
                    .doesNotContain("**H1** H1\n");
        }
    }

    @Nested
    class Apart {

        @Test
        void are_causes_in_different_tensors_and_wrong_values_without_a_cause() {
            CheckResult y = wrong("H1", "y", "a cause");
            CheckResult dx = wrong("H2", "dx", "a cause");
            CheckResult unknown = wrong("H3", "y", "");
            CheckResult unknownToo = wrong("H4", "y", "");
            Mistakes mistakes = of(y, dx, unknown, unknownToo);

            assertThat(mistakes.toldBy(dx)).isNull();
            assertThat(mistakes.toldBy(unknownToo)).isNull();
        }

        @Test
        void are_checks_that_passed_or_that_we_could_not_judge() {
            CheckResult passed = check("P1", CheckStatus.PASSED, "", null, List.of());
            CheckResult ours = check("H1", CheckStatus.HARNESS_ERROR, "x", null, List.of());
            CheckResult oursToo = check("H2", CheckStatus.HARNESS_ERROR, "x", null, List.of());

            assertThat(of(passed, ours, oursToo).toldBy(oursToo)).isNull();
        }
    }

    @Nested
    class Stories {

        private final Messages english = Messages.of("en");
        private final Messages chinese = Messages.of("zh");

        @Test
        void say_a_finding_once() {
            assertThat(Story.lines(raceAt("P1", 30), english))
                    .containsExactly("Case worked example. Data race in shared memory at softmax.cu:30: " + RACE + ".");
            assertThat(Story.lead(raceAt("P1", 30), english)).isEqualTo("Case worked example.");
        }

        @Test
        void leave_the_cause_to_the_form_that_shows_it() {
            assertThat(Story.lead(wrong("H1", "y", "a cause"), english)).isEqualTo("y[0] is wrong.");
            assertThat(Story.lead(wrong("H1", "y", "a cause"), chinese)).isEqualTo("y[0] 错误。");
        }

        @Test
        void refer_to_the_check_that_told_of_the_mistake() {
            assertThat(Story.repeated(raceAt("H2", 30), "P1", english))
                    .isEqualTo("As in P1: Data race in shared memory at softmax.cu:30.");
            assertThat(Story.repeated(wrong("H2", "y", "a cause"), "H1", english))
                    .isEqualTo("The same likely cause as in H1.");
            assertThat(Story.repeated(wrong("H2", "y", "a cause"), "H1", chinese))
                    .isEqualTo("可能的原因与 H1 相同。");
        }
    }

    private static Mistakes of(CheckResult... checks) {
        return Mistakes.of(graded(checks));
    }

    private static GradingResult graded(CheckResult... checks) {
        GradingResult base = Results.failed();
        return new GradingResult(
                base.schema(),
                base.assignment(),
                base.title(),
                base.submission(),
                base.verdict(),
                base.score(),
                base.device(),
                base.seed(),
                base.compiler(),
                base.harness(),
                List.of(),
                Arrays.asList(checks),
                List.of(),
                null,
                "",
                base.message(),
                base.timings());
    }

    private static CheckResult raceAt(String id, int line) {
        Finding race = new Finding(
                FindingKind.SHARED_RACE,
                Severity.ERROR,
                new SourceLocation("softmax.cu", line, 0),
                "softmax_kernel",
                new Dim3(0, 0, 0),
                new Dim3(1, 0, 0),
                RACE);
        String words = "Case worked example. Data race in shared memory at softmax.cu:" + line + ": " + RACE + ".";
        return check(id, CheckStatus.FAILED, words, null, List.of(race));
    }

    private static CheckResult wrong(String id, String tensor, String cause) {
        Diagnosis diagnosis = new Diagnosis(
                tensor,
                List.of(4),
                List.of(0),
                1,
                2,
                1,
                0.1,
                "exact",
                1,
                4,
                new Text("p", "p"),
                new Text(cause, cause),
                10,
                null,
                List.of(),
                0,
                0,
                "family",
                "");
        return new CheckResult(
                id,
                new Text(id, id),
                "family",
                Visibility.HIDDEN,
                10,
                0,
                CheckStatus.FAILED,
                new Text("y[0] is wrong. Likely cause: " + cause + ".", "y[0] 错误。可能的原因：" + cause + "。"),
                diagnosis,
                List.of(),
                1);
    }

    private static CheckResult check(
            String id, CheckStatus status, String words, @Nullable Diagnosis diagnosis, List<Finding> findings) {
        return new CheckResult(
                id,
                new Text(id, id),
                "family",
                Visibility.HIDDEN,
                10,
                0,
                status,
                new Text(words, words),
                diagnosis,
                findings,
                1);
    }
}
