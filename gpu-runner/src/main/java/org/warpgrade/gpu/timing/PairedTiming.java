package org.warpgrade.gpu.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.timing.GpuState.SlowedBy;
import org.warpgrade.gpu.timing.Measurement.Compared;
import org.warpgrade.gpu.timing.Measurement.Ended;
import org.warpgrade.gpu.timing.Measurement.Refused;
import org.warpgrade.gpu.timing.Measurement.Side;
import org.warpgrade.gpu.timing.Measurement.Standing;
import org.warpgrade.gpu.timing.Measurement.Unsteady;

/**
 * Times two programs against each other. Every repetition is a pair on the same inputs, one of each side right after the
 * other in random order, so that what changes slowly changes both; the sample is the logarithm of the pair's ratio.
 * Sampling stops when the interval of the median ratio is narrow. The rule looks at the width alone, never at where the
 * interval lies, which nearly keeps its coverage (Y. S. Chow and H. Robbins, Annals of Mathematical Statistics 36, 1965); tests
 * hold it by simulation.
 */
public final class PairedTiming {

    /**
     * What each look at the ratio asks for, so that 95 % are left after all looks: a simulated comparison of equal programs
     * that asked for 95 % at each look was right in 94.0 %.
     */
    static final double PER_LOOK = 0.97;

    /** Of each side's own median, which nobody looks at before the end. */
    private static final double CONFIDENCE = 0.95;

    /** A peak is measured, too, and may be a little below what the hardware does at best. */
    private static final double FLOOR_SLACK = 0.95;

    /** Device memory that an entry may allocate while it is timed: matrices of scores are larger than inputs. */
    private static final long SCRATCH = 2L << 30;

    /** The sample grows by this much between two looks at the interval: fewer looks, less luck. */
    private static final double GROWTH = 1.25;

    private final Plan plan;
    private final RandomGenerator order;
    private final LongSupplier nanoTime;

    /**
     * @param order tosses which side of a pair comes first
     * @param nanoTime the clock of the budget: {@code System::nanoTime}
     */
    public PairedTiming(Plan plan, RandomGenerator order, LongSupplier nanoTime) {
        this.plan = plan;
        this.order = order;
        this.nanoTime = nanoTime;
    }

    /** Compares the candidate with the reference. */
    public Measurement measure(Contender candidate, Contender reference, Work work, Peaks peaks) {
        long end = nanoTime.getAsLong() + plan.budget().toNanos();
        Samples samples = new Samples(candidate, reference);
        GpuState before = null;
        int look = plan.least();
        for (int pair = 0; samples.count() < plan.most(); pair++) {
            if (pair == plan.warmUps()) {
                before = candidate.device().state();
            }
            Optional<Measurement> stop = samples.take(pair, pair >= plan.warmUps(), order.nextBoolean());
            if (stop.isPresent()) {
                return stop.get();
            }
            boolean late = nanoTime.getAsLong() - end > 0;
            if (late || samples.count() == look) {
                if (late || samples.ratio().halfWidth() <= plan.halfWidth()) {
                    break;
                }
                look = (int) Math.ceil(look * GROWTH);
            }
        }
        GpuState after = candidate.device().state();
        return judge(samples, work.floorMicros(peaks), before == null ? after : before, after);
    }

    /** What is timed is larger than what is checked: its buffers do not count against the usual budget of device memory. */
    public static RunSettings settings(Call call) {
        long buffers = call.buffers().stream().mapToLong(DeviceBuffer::bytes).sum();
        return RunSettings.defaults().withLimits(RunLimits.defaults().withDeviceBytes(buffers + SCRATCH));
    }

    private Measurement judge(Samples samples, double floor, GpuState before, GpuState after) {
        if (samples.count() < MedianInterval.LEAST) {
            return new Unsteady(
                    Unsteady.Reason.TOO_SLOW,
                    "only " + samples.count() + " pairs fitted into "
                            + plan.budget().toSeconds() + " s; an interval needs " + MedianInterval.LEAST);
        }
        for (GpuState state : List.of(before, after)) {
            for (SlowedBy reason : state.slowedBy()) {
                if (reason.invalidates()) {
                    return new Unsteady(
                            Unsteady.Reason.THROTTLED,
                            "the GPU lowered its clocks meanwhile (" + reason.words() + ", " + state.temperature()
                                    + " °C)");
                }
            }
        }
        double drift = Drift.of(samples.times(samples.referenceTimes));
        if (drift != 0) {
            return new Unsteady(
                    Unsteady.Reason.DRIFT,
                    String.format(
                            Locale.ROOT,
                            "the reference became %.1f %% %s while it was measured",
                            100 * Math.abs(drift),
                            drift > 0 ? "slower" : "faster"));
        }
        Side candidate = samples.side(samples.candidate, samples.candidateTimes);
        Side reference = samples.side(samples.reference, samples.referenceTimes);
        if (candidate.micros().median() < floor * FLOOR_SLACK) {
            return new Refused(
                    Refused.Reason.FASTER_THAN_FLOOR,
                    candidate.name(),
                    String.format(
                            Locale.ROOT,
                            "%.2f µs is less than this GPU needs for the work at its measured peak (%.2f µs)",
                            candidate.micros().median(),
                            floor));
        }
        Interval ratio = samples.ratio();
        Standing standing =
                ratio.holds(1) ? Standing.NOT_DISTINGUISHABLE : ratio.high() < 1 ? Standing.FASTER : Standing.SLOWER;
        return new Compared(
                ratio, standing, candidate, reference, floor, ratio.halfWidth() <= plan.halfWidth(), before, after);
    }

    /** What was measured so far. */
    private static final class Samples {

        final Contender candidate;
        final Contender reference;
        final List<Double> candidateTimes = new ArrayList<>();
        final List<Double> referenceTimes = new ArrayList<>();

        Samples(Contender candidate, Contender reference) {
            this.candidate = candidate;
            this.reference = reference;
        }

        int count() {
            return candidateTimes.size();
        }

        /** Takes a pair; what ends the comparison is returned. */
        Optional<Measurement> take(int pair, boolean counts, boolean candidateFirst) {
            return one(candidateFirst, pair, counts).or(() -> one(!candidateFirst, pair, counts));
        }

        private Optional<Measurement> one(boolean isCandidate, int pair, boolean counts) {
            Contender side = isCandidate ? candidate : reference;
            Call call = side.workload().call(pair);
            Call rehearsal = side.workload().call(pair + 1);
            switch (side.device().time(side.program(), rehearsal, call, settings(call))) {
                case Repetition.Ended(RunOutcome outcome) -> {
                    return Optional.of(new Ended(side.name(), outcome));
                }
                case Repetition.NotTimable(String words) -> {
                    return Optional.of(new Refused(Refused.Reason.HOST_WORK, side.name(), words));
                }
                case Repetition.Timed timed -> {
                    String wrong = wrong(side, pair, call, timed);
                    if (wrong != null) {
                        return Optional.of(new Refused(Refused.Reason.WRONG_OUTPUT, side.name(), wrong));
                    }
                    if (counts) {
                        (isCandidate ? candidateTimes : referenceTimes).add(timed.micros());
                    }
                    return Optional.empty();
                }
            }
        }

        private static @Nullable String wrong(Contender side, int pair, Call call, Repetition.Timed timed) {
            for (Finding finding : timed.trace().findings()) {
                if (finding.severity() == Severity.ERROR) {
                    return finding.message();
                }
            }
            return side.workload().wrong(pair, call, timed.outputs());
        }

        double[] times(List<Double> of) {
            return of.stream().mapToDouble(Double::doubleValue).toArray();
        }

        Interval ratio() {
            double[] logs = new double[count()];
            for (int i = 0; i < logs.length; i++) {
                logs[i] = Math.log(candidateTimes.get(i) / referenceTimes.get(i));
            }
            Interval log = MedianInterval.of(logs, PER_LOOK);
            return new Interval(Math.exp(log.low()), Math.exp(log.median()), Math.exp(log.high()));
        }

        Side side(Contender contender, List<Double> times) {
            return new Side(contender.name(), MedianInterval.of(times(times), CONFIDENCE), times);
        }
    }
}
