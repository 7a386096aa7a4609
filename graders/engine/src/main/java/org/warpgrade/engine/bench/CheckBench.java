package org.warpgrade.engine.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.diagnosis.Patterns;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Counting;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunOutcome.Completed;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.reference.inputs.Inputs;

/** The bench of one check of one submission; used by one thread. */
public final class CheckBench implements Bench {

    /**
     * Thread instructions up to which the second run is watched by the sanitizers, which make it ten times slower. What
     * they find in a kernel also counts for the longer cases that it runs.
     */
    private static final long WATCHED = 1_000_000;

    /** Thread instructions that a structural check may have counted: a tenth of a second. */
    private static final long COUNTED = 1_000_000;

    /** The family of checks that ask for the same bits whatever the order of threads. */
    private static final String SAME_BITS = "determinism";

    /** Atomic sums of floating-point numbers, by themselves or in a loop of compare-and-swap, depend on the order of threads. */
    private static final Pattern FLOAT_ATOMIC =
            Pattern.compile("\\b(atom|red)\\.[\\w.:]*(add\\.[\\w.]*f(16|32|64)|cas\\.b)");

    /** A trace is a favour to who failed: it may take this long, several times what a small case takes interpreted. */
    private static final Duration LONGEST_TRACE = Duration.ofSeconds(2);

    private final Assignment assignment;
    private final CheckSpec check;
    private final Program program;
    private final Device device;
    private final long seed;
    private final TimeBudget budget;
    private final CheckRecord record;
    private Duration used = Duration.ZERO;
    private int cases;
    private String lastCase = "";
    private String lastEntry = "";

    /** @param seed the seed of the grading run; every check draws its own stream from it */
    public CheckBench(
            Assignment assignment,
            CheckSpec check,
            Program program,
            Device device,
            long seed,
            TimeBudget budget,
            CheckRecord record) {
        this.assignment = assignment;
        this.check = check;
        this.program = program;
        this.device = device;
        this.seed = seed;
        this.budget = budget;
        this.record = record;
    }

    @Override
    public Assignment assignment() {
        return assignment;
    }

    @Override
    public DeviceKind device() {
        return device.kind();
    }

    @Override
    public Inputs inputs(String label) {
        return Inputs.of(seed, assignment.id() + '/' + check.id() + '/' + label);
    }

    @Override
    public boolean defines(String entry) {
        return program.entries().containsKey(entry)
                || Pattern.compile("\\.func\\s+(\\([^)]*\\)\\s*)?" + Pattern.quote(entry) + "\\s*[(\\n]")
                        .matcher(program.ptx())
                        .find();
    }

    @Override
    public Run run(String family, String caseLabel, Call call) {
        Wording wording = new Wording(
                check.visibility() == Visibility.PUBLIC,
                family,
                caseLabel,
                casesBefore(family + '\n' + caseLabel, call.entry()));
        Completed first = complete(call, RunSettings.defaults(), wording, true);
        boolean watched = first.trace().threadInstructions() <= WATCHED;
        RunSettings other = otherRun().withSanitize(watched);
        Completed second = complete(call, other, wording, false);
        if (watched) {
            record.watched(first.trace());
        } else {
            record.unwatched(first.trace(), () -> errors(call, other.withSanitize(true)));
        }
        TwoRuns runs = new TwoRuns(call, first, second);
        TwoRuns.Disagreement disagreement = runs.disagreement();
        if (disagreement != null) {
            if (check.family().equals(SAME_BITS) || !addsAtomically() || !runs.differInRoundingOnly()) {
                throw twoRunsDiffer(runs, other, disagreement, wording, family, caseLabel);
            }
            record.add(orderOfAtomics(disagreement));
        }
        return new CheckRun(this, runs, wording, family, caseLabel);
    }

    private boolean addsAtomically() {
        return FLOAT_ATOMIC.matcher(program.ptx()).find();
    }

    private static Finding orderOfAtomics(TwoRuns.Disagreement disagreement) {
        return new Finding(
                FindingKind.ORDER_DEPENDENT,
                Severity.NOTE,
                null,
                null,
                null,
                null,
                "two runs with blocks and warps in another order differ in the last bits of "
                        + disagreement.buffer().name()
                        + ": floating-point atomics add in the order in which threads come");
    }

    /** How many cases came before; one that is looked at again through another entry is still the same case. */
    private int casesBefore(String thisCase, String entry) {
        boolean again = thisCase.equals(lastCase) && !entry.equals(lastEntry);
        lastCase = thisCase;
        lastEntry = entry;
        return again ? cases - 1 : cases++;
    }

    @Override
    public AssertionError failure(String english, String chinese) {
        return CheckFailure.failed(english, chinese);
    }

    CheckRecord record() {
        return record;
    }

    /** The same call again with writers tracked; null if that run does not complete. Only after a failure: it is slower. */
    @Nullable
    Completed trackingWriters(Call call) {
        RunSettings tracking = withDeadline(RunSettings.defaults().withTrackWriters(true));
        return tracking != null && run(call, tracking) instanceof Completed completed ? completed : null;
    }

    /** The same call again, counted: on the CPU device, so that structural checks decide alike on every device. */
    Completed counting(Call call, Wording wording) {
        if (device.kind() == DeviceKind.CPU) {
            return counting(device, call, wording);
        }
        try (Device cpu = new CpuDevice()) {
            return counting(cpu, call, wording);
        }
    }

    private Completed counting(Device counter, Call call, Wording wording) {
        RunSettings settings = withDeadline(RunSettings.defaults().withCounters(Counting.within(COUNTED)));
        if (settings == null) {
            throw new CheckFailure(CheckStatus.TIMED_OUT, wording.noTimeLeft(), null, List.of());
        }
        long start = System.nanoTime();
        try {
            if (counter.run(program, call, settings) instanceof Completed completed) {
                return completed;
            }
            throw new HarnessFault("a run that completed before did not complete when counted: " + call.entry());
        } finally {
            used = used.plusNanos(System.nanoTime() - start);
        }
    }

    /** Where the NaNs and infinities in the outputs of a failed run were born; empty if that cannot be told in time. */
    List<Finding> birthsOfNan(Call call) {
        RunSettings tracing = withDeadline(RunSettings.defaults().withTraceNan(true));
        if (tracing == null || device.kind() != DeviceKind.CPU) {
            return List.of();
        }
        Duration deadline = tracing.limits().deadline();
        RunSettings brief = deadline.compareTo(LONGEST_TRACE) <= 0
                ? tracing
                : tracing.withLimits(tracing.limits().withDeadline(LONGEST_TRACE));
        return run(call, brief).trace().findings().stream()
                .filter(finding -> finding.kind() == FindingKind.NAN_BORN)
                .toList();
    }

    private RunSettings otherRun() {
        long schedule = inputs("schedule " + cases).between(1, Integer.MAX_VALUE - 1);
        return RunSettings.defaults().withPoison(Poison.CD_BYTES).withSchedule(schedule);
    }

    private Completed complete(Call call, RunSettings settings, Wording wording, boolean recorded) {
        RunSettings limited = withDeadline(settings);
        if (limited == null) {
            throw new CheckFailure(CheckStatus.TIMED_OUT, wording.noTimeLeft(), null, List.of());
        }
        RunOutcome outcome = run(call, limited);
        if (recorded) {
            record.saw(outcome.trace());
        }
        return switch (outcome) {
            case Completed completed -> withoutErrors(completed, wording);
            case RunOutcome.Faulted faulted -> throw ended(CheckStatus.FAULTED, faulted.fault(), wording);
            case RunOutcome.TimedOut timedOut -> {
                budget.timedOut();
                throw ended(CheckStatus.TIMED_OUT, timedOut.where(), wording);
            }
            case RunOutcome.NoSuchEntry missing ->
                throw new CheckFailure(CheckStatus.FAILED, wording.noSuchEntry(missing.message()), null, List.of());
            case RunOutcome.Unsupported unsupported ->
                throw new HarnessFault(
                        unsupported.message() + (unsupported.at() == null ? "" : " at " + unsupported.at()));
            case RunOutcome.DeviceLost lost -> throw new HarnessFault(lost.message());
        };
    }

    private RunOutcome run(Call call, RunSettings settings) {
        long start = System.nanoTime();
        try {
            return device.run(program, call, settings);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new HarnessFault("the " + device.name() + " failed on " + call.entry() + ": " + e, e);
        } finally {
            used = used.plusNanos(System.nanoTime() - start);
        }
    }

    private @Nullable RunSettings withDeadline(RunSettings settings) {
        Duration deadline = budget.forNextRun(used);
        return deadline.isPositive() ? settings.withLimits(settings.limits().withDeadline(deadline)) : null;
    }

    private Completed withoutErrors(Completed completed, Wording wording) {
        for (Finding finding : completed.trace().findings()) {
            if (finding.severity() == Severity.ERROR) {
                throw ended(CheckStatus.FAILED, finding, wording);
            }
        }
        return completed;
    }

    private CheckFailure ended(CheckStatus status, Finding seen, Wording wording) {
        Finding finding = tellable(seen);
        record.add(finding);
        return new CheckFailure(status, wording.forbidden(finding), null, List.of(finding));
    }

    /** The text of an assertion is a string that the program may have put together from hidden data. */
    private Finding tellable(Finding finding) {
        return finding.kind() != FindingKind.ASSERTION || check.visibility() == Visibility.PUBLIC
                ? finding
                : new Finding(
                        finding.kind(),
                        finding.severity(),
                        finding.at(),
                        finding.kernel(),
                        finding.block(),
                        finding.thread(),
                        "assertion failed");
    }

    /** What a run shows of the program's mistakes; nothing if there is no time left for it. */
    private List<Finding> errors(Call call, RunSettings settings) {
        RunSettings limited = withDeadline(settings);
        return limited == null
                ? List.of()
                : run(call, limited).trace().findings().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .toList();
    }

    /** A third run, with the first one's memory and the second one's order, tells which of the two made the difference. */
    private CheckFailure twoRunsDiffer(
            TwoRuns runs,
            RunSettings ofSecond,
            TwoRuns.Disagreement disagreement,
            Wording wording,
            String family,
            String caseLabel) {
        DeviceBuffer buffer = disagreement.buffer();
        RunSettings third = withDeadline(ofSecond.withPoison(Poison.SIGNALLING_NAN));
        boolean dependsOnMemory = third != null
                && run(runs.call(), third) instanceof Completed completed
                && TwoRuns.differing(runs.first().buffers(), completed.buffers(), buffer)
                        .isEmpty();
        BitSet differing = disagreement.elements();
        int first = differing.nextSetBit(0);
        int[] at = buffer.coordinate(first);
        double one = Elements.of(runs.bytes(buffer), buffer.type())[first];
        double other = Elements.of(TwoRuns.bytes(runs.second().buffers(), buffer), buffer.type())[first];
        Text text =
                wording.twoRunsDiffer(buffer.name(), at, differing.cardinality(), buffer.elements(), dependsOnMemory);
        ErrorMap map = ErrorMap.of(buffer.shape(), differing);
        Diagnosis diagnosis = new Diagnosis(
                buffer.name(),
                boxed(buffer.shape()),
                boxed(at),
                one,
                other,
                Math.abs(one - other),
                0,
                "two runs on the same input, bit for bit",
                differing.cardinality(),
                buffer.elements(),
                Patterns.NOTHING,
                Patterns.NOTHING,
                Double.POSITIVE_INFINITY,
                null,
                map.cells(),
                map.rows(),
                map.columns(),
                family,
                caseLabel);
        Finding finding = new Finding(
                dependsOnMemory ? FindingKind.UNINITIALISED_READ : FindingKind.ORDER_DEPENDENT,
                Severity.ERROR,
                null,
                null,
                null,
                null,
                dependsOnMemory
                        ? "the result depends on memory that was never written"
                        : "the result depends on the order in which blocks and warps run");
        record.add(finding);
        return new CheckFailure(CheckStatus.FAILED, text, diagnosis, List.of(finding));
    }

    static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
