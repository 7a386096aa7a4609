package org.warpgrade.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.FakeDevice;
import org.warpgrade.engine.Softmax;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.CheckStatus;

class CheckRunnerTests {

    private static List<CheckOutcome> run(Class<?> checks, FakeDevice device, int threads) {
        Assignment assignment = Softmax.assignment();
        return new CheckRunner(id -> checks)
                .run(new CheckRunner.Task(
                        assignment, assignment.checks(), Softmax.PROGRAM, device, 5, TimeBudget.standard(), threads));
    }

    @Test
    void right_submissions_pass_every_check_in_the_order_of_the_assignment() {
        List<CheckOutcome> outcomes = run(FakeSoftmaxChecks.class, FakeDevice.running(Softmax::right), 2);

        assertThat(outcomes).extracting(o -> o.result().id()).containsExactly("P1", "H1", "H2");
        assertThat(outcomes).extracting(o -> o.result().status()).containsOnly(CheckStatus.PASSED);
        assertThat(outcomes).extracting(o -> o.result().earned()).containsExactly(10, 45, 45);
        assertThat(outcomes).allSatisfy(o -> assertThat(o.result().millis()).isPositive());
    }

    @Test
    void a_check_fails_alone() {
        List<CheckOutcome> outcomes =
                run(FakeSoftmaxChecks.class, FakeDevice.running(memory -> Softmax.rows(memory, 1024)), 1);

        assertThat(outcomes)
                .extracting(o -> o.result().status())
                .containsExactly(CheckStatus.PASSED, CheckStatus.PASSED, CheckStatus.FAILED);
        assertThat(outcomes.get(2).result().message().en())
                .isEqualTo(
                        "Case some rows. y[0][1024] is the first wrong element. 3 of 3075 elements are wrong: in every row"
                                + " from column 1024 on; never written. Likely cause: rows longer than 1024 are wrong from element 1024"
                                + " on: does the loop stride past blockDim.x?");
    }

    @Test
    void a_broken_device_is_never_the_students_fault() {
        List<CheckOutcome> outcomes = run(
                FakeSoftmaxChecks.class,
                FakeDevice.behaving(m -> {
                    throw new IllegalStateException("broken");
                }),
                2);

        assertThat(outcomes).extracting(o -> o.result().status()).containsOnly(CheckStatus.HARNESS_ERROR);
        assertThat(outcomes.get(0).fault()).isInstanceOf(HarnessFault.class);
        assertThat(outcomes.get(0).result().message().en())
                .startsWith("The grader could not judge this check; this is not your fault: the fake device failed");
    }

    @Test
    void memory_that_is_not_enough_is_never_the_students_fault() {
        List<CheckOutcome> outcomes = run(
                FakeSoftmaxChecks.class,
                FakeDevice.behaving(m -> {
                    throw new OutOfMemoryError("Java heap space");
                }),
                2);

        assertThat(outcomes).extracting(o -> o.result().status()).containsOnly(CheckStatus.HARNESS_ERROR);
        assertThat(outcomes.get(0).result().message().en())
                .isEqualTo(
                        "The grader could not judge this check; this is not your fault: the fake device failed on softmax:"
                                + " java.lang.OutOfMemoryError: Java heap space");
    }

    static class Without_H2 {
        @GradedCheck("P1")
        void one(Bench bench) {}

        @GradedCheck("H1")
        void two(Bench bench) {}

        @GradedCheck("H9")
        void three(Bench bench) {}
    }

    @Test
    void checks_and_yaml_must_name_the_same_checks() {
        assertThatThrownBy(() -> run(Without_H2.class, FakeDevice.running(Softmax::right), 1))
                .isInstanceOf(HarnessFault.class)
                .hasMessage("the checks of fake-softmax do not match its assignment.yaml: no method in "
                        + Without_H2.class.getName() + " for [H2] no entry in the yaml for the methods [H9]");
    }

    static class Odd {
        @GradedCheck("P1")
        void runs_nothing(Bench bench) {}

        @GradedCheck("H1")
        void throws_what_a_check_may_not(Bench bench) {
            throw new ArrayIndexOutOfBoundsException("7");
        }

        @GradedCheck("H2")
        void asserts_something_else(Bench bench) {
            assertThat(3.14159).isEqualTo(2.71828);
        }
    }

    @Test
    void a_check_that_cannot_fail_or_breaks_is_our_fault_and_plain_assertions_of_hidden_checks_show_no_data() {
        List<CheckOutcome> outcomes = run(Odd.class, FakeDevice.running(Softmax::right), 1);

        assertThat(outcomes)
                .extracting(o -> o.result().status())
                .containsExactly(CheckStatus.HARNESS_ERROR, CheckStatus.HARNESS_ERROR, CheckStatus.FAILED);
        assertThat(outcomes.get(0).result().message().en()).endsWith("check P1 ran nothing");
        assertThat(outcomes.get(1).result().message().en()).endsWith("java.lang.ArrayIndexOutOfBoundsException: 7");
        assertThat(outcomes.get(2).result().message().en())
                .isEqualTo("The property that this check tests does not hold.");
    }

    @Test
    void only_the_selected_checks_run() {
        Assignment assignment = Softmax.assignment();
        List<CheckSpec> some = assignment.checks().stream()
                .filter(c -> c.visibility() == Visibility.PUBLIC)
                .toList();

        List<CheckOutcome> outcomes = new CheckRunner(id -> FakeSoftmaxChecks.class)
                .run(new CheckRunner.Task(
                        assignment,
                        some,
                        Softmax.PROGRAM,
                        FakeDevice.running(Softmax::right),
                        5,
                        TimeBudget.standard(),
                        2));

        assertThat(outcomes).extracting(o -> o.result().id()).containsExactly("P1");
    }
}
