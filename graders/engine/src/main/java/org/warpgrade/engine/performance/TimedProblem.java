package org.warpgrade.engine.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.Performance;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.assignments.SizeFormula;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.gpu.timing.Work;

/**
 * What is timed of an assignment.
 *
 * @param label the sizes for people
 * @param kind what it is measured against
 * @param amount bytes or floating-point operations that any solution needs
 * @param calls the same sizes with different values; repetitions take them in turn
 */
public record TimedProblem(String label, Kind kind, double amount, List<Call> calls) {

    /** With three the call that is timed was last seen two repetitions ago, by a process that has since run another. */
    private static final int CALLS = 3;

    /** What a solution's speed is a fraction of (curriculum C7). */
    public enum Kind {
        /** A copy kernel. */
        MEM,
        /** A kernel of fused multiply-adds in fp32. */
        CMP
    }

    public TimedProblem {
        calls = List.copyOf(calls);
    }

    /**
     * The problem of an assignment.
     *
     * @param chosen a value for each of its sizes
     * @param seed of the values
     * @return empty if nothing of the assignment is timed
     */
    static Optional<TimedProblem> of(Assignment assignment, Map<String, Integer> chosen, long seed) {
        Performance performance = assignment.performance();
        Problem problem = performance.problem();
        if (problem == null || performance.formula().isEmpty()) {
            return Optional.empty();
        }
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(ProblemCall.large(problem, chosen, seed * CALLS + i));
        }
        return Optional.of(new TimedProblem(
                ProblemCall.label(chosen),
                Kind.valueOf(performance.kind()),
                SizeFormula.value(performance.formula(), chosen),
                calls));
    }

    /** Every input byte is read and every output byte written once, by whatever solution. */
    public Work work() {
        long read = 0;
        long written = 0;
        for (DeviceBuffer buffer : calls.getFirst().buffers()) {
            read += buffer.access() == Access.OUT ? 0 : buffer.bytes();
            written += buffer.access() == Access.IN ? 0 : buffer.bytes();
        }
        // Three products of tensor cores make one of nearly fp32: whoever does that is not refused as too fast.
        return kind == Kind.CMP
                ? new Work(read, written, amount, Work.Arithmetic.TENSOR_CORES)
                : new Work(read, written, 0);
    }

    /** The fraction of the measured peak that so many microseconds are; NaN where no peak is known. */
    public double fraction(double micros, Peaks peaks) {
        double peak = switch (kind) {
            case MEM -> peaks.bytesPerSecond();
            case CMP -> peaks.fp32PerSecond();
        };
        return peak > 0 ? amount / (micros / 1e6) / peak : Double.NaN;
    }
}
