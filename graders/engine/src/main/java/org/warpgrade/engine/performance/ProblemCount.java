package org.warpgrade.engine.performance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Counting;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;

/**
 * What a program was counted to do on its assignment's problem.
 *
 * @param label the sizes for people
 * @param kernels every kernel that could be counted
 * @param complete whether these are all that were launched
 * @param launches kernel launches, counted or not
 * @param scratchBytes device memory of the entry's own
 */
public record ProblemCount(String label, List<KernelCount> kernels, boolean complete, int launches, long scratchBytes) {

    /** The inputs of the model: always the same, so that two files are counted on the same numbers. */
    private static final long SEED = 1;

    /** A program up to this size is counted whole: in a second or two. */
    private static final long WHOLE = 20_000_000;

    public ProblemCount {
        kernels = List.copyOf(kernels);
    }

    /**
     * Counts a sample of the blocks, in milliseconds.
     *
     * @param threadInstructions about how many instructions to look at
     * @param deadline the most the whole run may take
     * @return empty if the assignment has no problem or the program does not get through it
     */
    public static Optional<ProblemCount> sampled(
            Assignment assignment, Program program, Device device, long threadInstructions, Duration deadline) {
        Problem problem = assignment.performance().problem();
        if (problem == null) {
            return Optional.empty();
        }
        RunSettings settings = RunSettings.defaults();
        settings = settings.withLimits(settings.limits().withDeadline(deadline));
        Call call = ProblemCall.of(problem, problem.model(), SEED);
        RunOutcome outcome = device.run(program, call, settings.withCounters(Counting.within(threadInstructions)));
        return outcome instanceof RunOutcome.Completed ? Optional.of(of(problem.model(), outcome)) : Optional.empty();
    }

    /** How a run that was to be counted ended. */
    public sealed interface Result {}

    /** It was counted. */
    public record Counted(ProblemCount count) implements Result {}

    /** The program did not get through its problem. */
    public record Ended(RunOutcome outcome) implements Result {}

    /**
     * Counts every block unless there are too many, with other sizes if asked for.
     *
     * @param sizes the problem's own, or others with the same names
     * @param watched whether races, reads of what nobody wrote and the like end it
     */
    public static Result whole(
            Problem problem, Map<String, Integer> sizes, Program program, Device device, boolean watched) {
        Call call = ProblemCall.of(problem, sizes, SEED);
        RunOutcome plain = device.run(program, call, RunSettings.defaults().withSanitize(watched));
        if (!(plain instanceof RunOutcome.Completed)) {
            return new Ended(plain);
        }
        Optional<Finding> error = plain.trace().findings().stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .findFirst();
        if (error.isPresent()) {
            return new Ended(new RunOutcome.Faulted(error.get(), plain.trace()));
        }
        Counting counting = plain.trace().threadInstructions() <= WHOLE ? Counting.full() : Counting.within(WHOLE);
        RunOutcome outcome = device.run(program, call, RunSettings.defaults().withCounters(counting));
        return outcome instanceof RunOutcome.Completed ? new Counted(of(sizes, outcome)) : new Ended(outcome);
    }

    private static ProblemCount of(Map<String, Integer> sizes, RunOutcome outcome) {
        List<LaunchRecord> launches = outcome.trace().launches();
        List<KernelCount> kernels = KernelCount.of(launches);
        long launched = launches.stream().map(LaunchRecord::kernel).distinct().count();
        return new ProblemCount(
                ProblemCall.label(sizes),
                kernels,
                kernels.size() == launched,
                launches.size(),
                outcome.trace().scratchBytes());
    }

    /** All kernels together. */
    public Counters total() {
        return kernels.stream().map(KernelCount::total).reduce(Counters.none(), Counters::plus);
    }

    /** Instructions of the longest thread of each launch, one launch after the other. */
    public long longestThread() {
        return kernels.stream().mapToLong(KernelCount::longestThread).sum();
    }

    /** Whether every block of every kernel was looked at. */
    public boolean whole() {
        return kernels.stream().allMatch(k -> k.countedBlocks() == k.blocks());
    }
}
