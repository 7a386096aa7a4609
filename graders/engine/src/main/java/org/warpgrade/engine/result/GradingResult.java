package org.warpgrade.engine.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Finding;

/**
 * The outcome of grading one submission: the noun behind {@code result.json}.
 *
 * @param schema version of this shape, {@code 1}
 * @param assignment assignment id, empty where none could be told
 * @param title assignment title in both languages
 * @param submission file name, SHA-256 of its bytes and its text
 * @param verdict the verdict over all checks
 * @param score points earned and possible
 * @param device where it ran
 * @param seed the seed of the hidden inputs, for replay; redacted for students
 * @param compiler compiler name and version
 * @param harness WarpGrade's version and commit
 * @param diagnostics compiler messages, empty if none
 * @param checks every check of the assignment in order
 * @param kernels every kernel of the submission
 * @param performance measured or modelled speed, null where none was taken
 * @param printed what the submission printed, cut to its budget
 * @param message one sentence that explains a verdict that no check explains (compile error, rejection, harness error)
 * @param timings milliseconds by stage in order: start, compile, checks, report
 */
public record GradingResult(
        int schema,
        String assignment,
        Text title,
        SubmissionInfo submission,
        Verdict verdict,
        Score score,
        DeviceInfo device,
        @Nullable Long seed,
        String compiler,
        HarnessInfo harness,
        List<Diagnostic> diagnostics,
        List<CheckResult> checks,
        List<KernelInfo> kernels,
        @Nullable PerformanceInfo performance,
        String printed,
        Text message,
        Map<String, Double> timings) {

    public static final int SCHEMA = 1;

    /** The same outcome for the same bytes under another name. */
    public GradingResult withSubmission(SubmissionInfo other) {
        return new GradingResult(
                schema,
                assignment,
                title,
                other,
                verdict,
                score,
                device,
                seed,
                compiler,
                harness,
                diagnostics,
                checks,
                kernels,
                performance,
                printed,
                message,
                timings);
    }

    /** The submitted file. */
    public record SubmissionInfo(String file, String sha256, String text) {}

    /** Points; {@code possible} leaves out what this device does not assess. */
    public record Score(int earned, int possible) {}

    public record DeviceInfo(String kind, String name) {}

    public record HarnessInfo(String version, String commit) {}

    /**
     * One graded check.
     *
     * @param message one or several plain sentences: what was found and what to look at; empty if passed
     * @param diagnosis the numbers behind a wrong value, null where there are none
     * @param findings located diagnoses of the runs of this check
     * @param millis wall-clock time of the check
     */
    public record CheckResult(
            String id,
            Text title,
            String family,
            Visibility visibility,
            int points,
            int earned,
            CheckStatus status,
            Text message,
            @Nullable Diagnosis diagnosis,
            List<Finding> findings,
            double millis) {}

    /**
     * One kernel.
     *
     * @param name mangled name
     * @param displayName the name for people
     * @param line line of its definition, 0 where unknown
     * @param registers per thread, from ptxas
     * @param spillBytes spill stores and loads per thread
     * @param sharedBytes static shared memory per block
     * @param blockThreads threads per block of its most frequent launch, 0 if never launched
     * @param launches how often the checks launched it
     * @param occupancy per architecture: the fraction of the SM's warps and what limits it
     * @param counters Nsight Compute metric names to values, summed over the launches of one case; empty if not collected
     * @param lines the same for each source line that the kernel spends something on, ascending
     * @param counted what the counters were taken from, null if not collected
     */
    public record KernelInfo(
            String name,
            String displayName,
            int line,
            int registers,
            int spillBytes,
            int sharedBytes,
            int blockThreads,
            int launches,
            Map<String, OccupancyInfo> occupancy,
            Map<String, Double> counters,
            List<LineCounters> lines,
            @Nullable CountedRun counted) {

        /** A kernel of which nothing was counted by line. */
        public KernelInfo(
                String name,
                String displayName,
                int line,
                int registers,
                int spillBytes,
                int sharedBytes,
                int blockThreads,
                int launches,
                Map<String, OccupancyInfo> occupancy,
                Map<String, Double> counters) {
            this(
                    name,
                    displayName,
                    line,
                    registers,
                    spillBytes,
                    sharedBytes,
                    blockThreads,
                    launches,
                    occupancy,
                    counters,
                    List.of(),
                    null);
        }
    }

    /** @param line 1-based source line; @param counters Nsight Compute metric names to values */
    public record LineCounters(int line, Map<String, Double> counters) {}

    /**
     * Where counters come from.
     *
     * @param check the id of the check whose case was counted, empty for the problem of {@code bench}
     * @param caseLabel the case for people: {@code rows=4 columns=1024}
     * @param launches launches of the kernel in that case
     * @param blocks blocks of all those launches
     * @param countedBlocks blocks that were looked at; where fewer than {@code blocks}, counts are scaled to all of them
     */
    public record CountedRun(String check, String caseLabel, int launches, long blocks, long countedBlocks) {}

    /** @param fraction resident warps over the maximum; @param limiter registers, shared memory, blocks, warps */
    public record OccupancyInfo(double fraction, String limiter) {}

    /**
     * Speed, as measured on a GPU or modelled on the CPU device. A model is shown and never graded.
     *
     * @param kind {@code measured} or {@code model}
     * @param metrics named values with units in the names: {@code medianMicros}, {@code fractionOfFloor} …
     * @param problem the case that it holds for, for people: {@code n=1048576}; empty where unknown
     * @param roofs the GPUs it is told for, empty if none
     * @param kernels the place of each kernel under the roofs, empty if not known
     * @param points what speed is worth, null where the assignment gives no points for it
     */
    public record PerformanceInfo(
            String kind,
            Map<String, Double> metrics,
            String problem,
            List<Roof> roofs,
            List<KernelPoint> kernels,
            @Nullable SpeedPoints points) {

        /** Speed that gives no points. */
        public PerformanceInfo(
                String kind, Map<String, Double> metrics, String problem, List<Roof> roofs, List<KernelPoint> kernels) {
            this(kind, metrics, problem, roofs, kernels, null);
        }

        /** Speed without a roofline. */
        public PerformanceInfo(String kind, Map<String, Double> metrics) {
            this(kind, metrics, "", List.of(), List.of());
        }

        /** The same with points. */
        public PerformanceInfo withPoints(@Nullable SpeedPoints other) {
            return new PerformanceInfo(kind, metrics, problem, roofs, kernels, other);
        }
    }

    /**
     * Points for measured speed.
     *
     * @param earned 0 unless assessed
     * @param possible part of the score only if assessed
     * @param assessed whether this device and this run could tell
     * @param message what was measured, or why it was not
     */
    public record SpeedPoints(int earned, int possible, boolean assessed, Text message) {}

    /**
     * The roof of one GPU.
     *
     * @param gpu for people: {@code NVIDIA H200 SXM}
     * @param architecture {@code sm_90}
     * @param bytesPerSecond peak DRAM bandwidth
     * @param flopsPerSecond peak by type: {@code fp32}, {@code fp64}, {@code fp16}, {@code tensor}
     */
    public record Roof(String gpu, String architecture, double bytesPerSecond, Map<String, Double> flopsPerSecond) {}

    /**
     * One kernel under the roofs, all its launches of the problem together.
     *
     * @param name mangled name
     * @param displayName the name for people
     * @param type the type most of its operations have: a key of {@link Roof#flopsPerSecond}, empty for no operations
     * @param flops floating-point operations
     * @param compulsoryBytes the least DRAM traffic: every sector once
     * @param requestedBytes bytes that the threads asked for
     * @param metrics further values: {@code floorMicros.NAME-OF-GPU}, {@code bytesToReference} …
     */
    public record KernelPoint(
            String name,
            String displayName,
            String type,
            double flops,
            double compulsoryBytes,
            double requestedBytes,
            Map<String, Double> metrics) {

        /** Operations for each byte of the least traffic; NaN without traffic. */
        public double intensity() {
            return compulsoryBytes == 0 ? Double.NaN : flops / compulsoryBytes;
        }
    }
}
