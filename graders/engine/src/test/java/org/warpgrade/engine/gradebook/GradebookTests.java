package org.warpgrade.engine.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.ClassPlan;
import org.warpgrade.assignments.ClassPlan.AssignmentPlan;
import org.warpgrade.assignments.ClassPlan.Attempts;
import org.warpgrade.assignments.ClassPlan.Decision;
import org.warpgrade.assignments.ClassPlan.Extension;
import org.warpgrade.assignments.ClassPlan.Lateness;
import org.warpgrade.assignments.ClassPlan.Telling;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.batch.Fakes;
import org.warpgrade.engine.batch.Fault;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.batch.Job;
import org.warpgrade.engine.gradebook.Gradebook.CheckColumn;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.State;
import org.warpgrade.engine.handin.Roster;
import org.warpgrade.engine.handin.Skipped;
import org.warpgrade.engine.handin.Student;
import org.warpgrade.engine.result.Verdict;

class GradebookTests {

    private static final Instant DUE = Instant.parse("2026-11-30T22:59:00Z");
    private static final Lateness TEN_A_DAY = new Lateness(10, Duration.ofMinutes(15), 3);

    private final List<Graded> graded = new ArrayList<>();
    private final List<Job> jobs = new ArrayList<>();

    private void handedIn(String student, char content, int earned, @Nullable Instant when) {
        handedIn(student, "op-softmax", content, earned, when);
    }

    private void handedIn(String student, String assignment, char content, int earned, @Nullable Instant when) {
        Job job = Fakes.job(student, assignment, content, when);
        jobs.add(job);
        graded.add(Fakes.graded(job, earned == 100 ? Verdict.PASSED : Verdict.FAILED, earned));
    }

    private static ClassPlan plan(
            Attempts attempts, int lateDays, Lateness late, List<Extension> more, List<Decision> decided) {
        return new ClassPlan(
                "GPU",
                ZoneId.of("Europe/Berlin"),
                attempts,
                lateDays,
                List.of(
                        new AssignmentPlan("op-softmax", DUE, late, Telling.ALWAYS, null),
                        new AssignmentPlan("cuda-saxpy", DUE.minus(Duration.ofDays(7)), late, Telling.ALWAYS, null)),
                more,
                decided);
    }

    private static ClassPlan late() {
        return plan(Attempts.BEST, 0, TEN_A_DAY, List.of(), List.of());
    }

    private static Assignment assignment(String id) {
        List<CheckSpec> checks = List.of(
                new CheckSpec("P1", new Text("Example", "示例"), "worked example", 40, Visibility.PUBLIC),
                new CheckSpec("H1", new Text("Ragged", "不规整"), "ragged", 60, Visibility.HIDDEN));
        return new Assignment(
                id,
                "OPS",
                new Text("Softmax", "Softmax"),
                1,
                List.of(),
                List.of(),
                List.of(),
                checks,
                new Assignment.Performance("NONE", "", 0, 0),
                new Assignment.Budgets("", ""),
                List.of(),
                Path.of("."));
    }

    private Gradebook book(ClassPlan plan, Roster roster, Fault... faults) {
        return new GradebookMaker(plan, roster, List.of(assignment("op-softmax"), assignment("cuda-saxpy")))
                .make(graded, jobs, List.of(faults), List.of(new Skipped("x.pdf", "is no .cu file")));
    }

    private Grade only(ClassPlan plan) {
        return book(plan, Roster.none()).students().getFirst().grades().getFirst();
    }

    @Nested
    class Late {

        @Test
        void in_time_costs_nothing() {
            handedIn("ann", 'a', 84, DUE.minusSeconds(1));

            assertThat(only(late()).points()).isEqualTo(84);
            assertThat(only(late()).derivation().en()).isEqualTo("84 of 100; in time");
        }

        @Test
        void within_grace_costs_nothing() {
            handedIn("ann", 'a', 84, DUE.plus(Duration.ofMinutes(15)));

            assertThat(only(late()).derivation().en()).isEqualTo("84 of 100; 15 min late, within grace");
        }

        @Test
        void each_begun_day_costs_its_part_of_what_was_earned() {
            handedIn("ann", 'a', 84, DUE.plus(Duration.ofHours(27)));

            Grade grade = only(late());
            assertThat(grade.points()).isEqualTo(67.2);
            assertThat(grade.derivation())
                    .isEqualTo(new Text(
                            "84 of 100; 1 d 3 h late, 2 days; 84 − 2 × 10 % = 67.2",
                            "84 / 100；迟交 1 天 3 小时，计 2 天；84 − 2 × 10 % = 67.2"));
        }

        @Test
        void after_the_last_day_nothing_is_earned() {
            handedIn("ann", 'a', 84, DUE.plus(Duration.ofDays(3)).plusSeconds(1));

            assertThat(only(late()).derivation().en()).isEqualTo("84 of 100; 3 d late, 4 days; more than 3: 0");
        }

        @Test
        void an_extension_is_another_deadline() {
            handedIn("ann", 'a', 84, DUE.plus(Duration.ofHours(27)));
            Extension extension = new Extension("ann", "op-softmax", DUE.plus(Duration.ofDays(2)), "ill");

            Grade grade = only(plan(Attempts.BEST, 0, TEN_A_DAY, List.of(extension), List.of()));
            assertThat(grade.derivation().en()).isEqualTo("84 of 100; in time");
            assertThat(grade.extension()).isEqualTo(extension);
        }

        @Test
        void late_days_are_used_in_the_order_of_the_deadlines() {
            handedIn("ann", "op-softmax", 'a', 100, DUE.plus(Duration.ofHours(30)));
            handedIn(
                    "ann", "cuda-saxpy", 'b', 100, DUE.minus(Duration.ofDays(7)).plus(Duration.ofHours(5)));

            List<Grade> grades = book(plan(Attempts.BEST, 2, TEN_A_DAY, List.of(), List.of()), Roster.none())
                    .students()
                    .getFirst()
                    .grades();

            assertThat(grades.get(1).derivation().en())
                    .isEqualTo("100 of 100; 5 h late, 1 day; 1 of 2 late days used; 100 − 0 × 10 % = 100");
            assertThat(grades.get(0).derivation().en())
                    .isEqualTo("100 of 100; 1 d 6 h late, 2 days; 1 of 1 late days used; 100 − 1 × 10 % = 90");
        }

        @Test
        void an_unknown_time_costs_nothing_and_says_so() {
            handedIn("ann", 'a', 84, null);

            assertThat(only(late()).derivation().en()).isEqualTo("84 of 100; hand-in time unknown");
        }
    }

    @Nested
    class Counting {

        @Test
        void the_best_attempt_is_the_best_after_lateness() {
            handedIn("ann", 'a', 80, DUE.minusSeconds(60));
            handedIn("ann", 'b', 85, DUE.plus(Duration.ofHours(20)));

            assertThat(only(late()).points()).isEqualTo(80);
            assertThat(only(late()).attempts()).hasSize(2);
        }

        @Test
        void the_last_attempt_counts_even_if_it_is_worse() {
            handedIn("ann", 'b', 40, DUE.minusSeconds(60));
            handedIn("ann", 'a', 80, DUE.minusSeconds(120));

            assertThat(only(plan(Attempts.LAST, 0, TEN_A_DAY, List.of(), List.of()))
                            .points())
                    .isEqualTo(40);
        }

        @Test
        void a_decision_outweighs_everything_and_keeps_its_reason() {
            handedIn("ann", 'a', 84, null);
            Decision decision = new Decision("ann", "op-softmax", 90, "appeal upheld");

            Grade grade = only(plan(Attempts.BEST, 0, Lateness.FREE, List.of(), List.of(decision)));
            assertThat(grade.points()).isEqualTo(90);
            assertThat(grade.derivation().en())
                    .isEqualTo("90 by decision: appeal upheld (graded: 84 of 100; hand-in time unknown)");
        }

        @Test
        void who_handed_in_nothing_is_missing_and_what_could_not_be_graded_is_not_a_zero() {
            handedIn("ann", 'a', 84, null);
            Roster roster = Roster.of(List.of(
                    Student.known("ann", "Ann", ""), Student.known("bob", "Bob", ""), Student.known("cem", "Cem", "")));
            Fault fault = new Fault(Fakes.job("cem", 'c'), "the device is gone");
            jobs.add(fault.job());

            Gradebook book = book(ClassPlan.none(), roster, fault);

            assertThat(book.students())
                    .extracting(row ->
                            row.student().id() + " " + row.grades().getFirst().state())
                    .containsExactly("ann GRADED", "bob MISSING", "cem UNGRADED");
            assertThat(State.values()).hasSize(3);
        }
    }

    @Nested
    class Checks {

        @Test
        void tell_how_many_pass_and_how_that_goes_with_the_rest() {
            handedIn("ann", 'a', 100, null);
            handedIn("bob", 'b', 40, null);
            handedIn("cem", 'c', 0, null);

            List<CheckColumn> checks = book(ClassPlan.none(), Roster.none())
                    .assignments()
                    .getFirst()
                    .checks();

            assertThat(checks).extracting(CheckColumn::passed).containsExactly(2, 1);
            assertThat(checks.get(1).discrimination()).isCloseTo(0.5, within(1e-9));
        }

        @Test
        void correlation_of_what_does_not_vary_is_none() {
            assertThat(Statistics.correlation(new double[] {1, 1}, new double[] {1, 2}))
                    .isNaN();
            assertThat(Statistics.correlation(new double[] {0, 1}, new double[] {3, 5}))
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Nested
    class Json {

        @Test
        void fits_its_schema() throws Exception {
            handedIn("ann", 'a', 84, DUE.plus(Duration.ofHours(27)));
            Decision decision = new Decision("ann", "cuda-saxpy", 9.5, "oral exam");
            Extension extension = new Extension("ann", "op-softmax", DUE.plusSeconds(60), "ill");
            Gradebook book = book(
                    plan(Attempts.BEST, 1, TEN_A_DAY, List.of(extension), List.of(decision)),
                    Roster.none(),
                    new Fault(Fakes.job("bob", 'b'), "gone"));

            assertThat(problems(GradebookJson.write(book))).isEmpty();
        }

        @Test
        void does_not_depend_on_the_order_of_grading() {
            handedIn("bob", 'b', 40, null);
            handedIn("ann", 'a', 84, null);
            String one = GradebookJson.write(book(late(), Roster.none()));
            graded.addFirst(graded.removeLast());
            jobs.addFirst(jobs.removeLast());

            assertThat(GradebookJson.write(book(late(), Roster.none()))).isEqualTo(one);
        }

        private List<String> problems(String json) throws Exception {
            try (var in = Gradebook.class.getResourceAsStream("gradebook.schema.json")) {
                String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(json, InputFormat.JSON)
                        .stream()
                        .map(Object::toString)
                        .toList();
            }
        }
    }
}
