package org.warpgrade.engine.mutation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.runner.CheckOutcome;
import org.warpgrade.engine.runner.CheckRunner;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Program;

/** Runs an assignment's checks on mutants, one check after the other until one notices. Safe for use by several threads. */
final class Trial {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Assignment assignment;
    private final Device device;
    private final CheckRunner runner;
    private final long seed;
    private final CheckOrder order = new CheckOrder();

    Trial(Assignment assignment, Device device, CheckRunner runner, long seed) {
        this.assignment = assignment;
        this.device = device;
        this.runner = runner;
        this.seed = seed;
    }

    /** What the checks said: {@link Fate#KILLED} by a check, {@link Fate#SURVIVED}, or {@link Fate#UNCLEAR} with the fault. */
    record Verdict(Fate fate, String by) {}

    /** Takes the order from kills that are known already. */
    void learn(Ledger.Entry kill) {
        order.killed(kill.by().split(" ", 2)[0], kill.file(), kill.line());
    }

    /** Runs every check on a reference. */
    Baseline baseline(String code, Program reference) {
        Map<String, Double> seconds = new HashMap<>();
        for (CheckSpec check : assignment.checks()) {
            Timed timed = run(check, reference, TimeBudget.patient());
            CheckStatus status = timed.outcome().result().status();
            if (status != CheckStatus.PASSED && status != CheckStatus.NOT_ASSESSED) {
                throw new HarnessFault("the reference itself fails " + check.id() + " with seed " + seed + ": "
                        + timed.outcome().result().message().en());
            }
            order.passed(check.id(), 1e3 * timed.seconds());
            seconds.put(check.id(), timed.seconds());
        }
        return new Baseline(code, seconds);
    }

    Verdict of(String file, Mutation mutation, Program mutant, Baseline baseline) {
        for (CheckSpec check : order.of(assignment.checks(), file, mutation.code())) {
            CheckOutcome outcome = patiently(check, mutant, baseline);
            CheckStatus status = outcome.result().status();
            switch (status) {
                case PASSED, NOT_ASSESSED -> {}
                case HARNESS_ERROR -> {
                    return new Verdict(
                            Fate.UNCLEAR,
                            check.id() + ": " + outcome.result().message().en());
                }
                case FAILED, FAULTED, TIMED_OUT -> {
                    order.killed(check.id(), file, mutation.code());
                    return new Verdict(Fate.KILLED, check.id() + " " + status.id());
                }
            }
        }
        return new Verdict(Fate.SURVIVED, "");
    }

    /** On a busy machine the wall clock may stop a run that has not used its processor time: such a run counts for nothing. */
    private CheckOutcome patiently(CheckSpec check, Program mutant, Baseline baseline) {
        Timed timed = run(check, mutant, baseline.budget(check.id()));
        boolean stopped = timed.outcome().result().status() == CheckStatus.TIMED_OUT;
        return stopped && timed.seconds() < baseline.limit(check.id())
                ? run(check, mutant, TimeBudget.patient()).outcome()
                : timed.outcome();
    }

    /** @param seconds processor time of this thread, in which the check runs */
    private record Timed(CheckOutcome outcome, double seconds) {}

    private Timed run(CheckSpec check, Program program, TimeBudget budget) {
        long begin = THREADS.getCurrentThreadCpuTime();
        CheckOutcome outcome = runner.run(
                        new CheckRunner.Task(assignment, List.of(check), program, device, seed, budget, 1))
                .getFirst();
        return new Timed(outcome, (THREADS.getCurrentThreadCpuTime() - begin) / 1e9);
    }
}
