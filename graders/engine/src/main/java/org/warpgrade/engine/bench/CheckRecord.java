package org.warpgrade.engine.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.RunTrace;

/** What one check saw of the submission, whether it passed or not. Used by the one thread that runs the check. */
public final class CheckRecord {

    /** More are of no use to a reader; the first ones are the telling ones. */
    private static final int MOST_FINDINGS = 20;

    private static final int MOST_PRINTED = 64 << 10;

    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Map<String, KernelUse> kernels = new TreeMap<>();
    private final Set<LaunchKind> watched = new LinkedHashSet<>();
    private final Map<LaunchKind, LongCase> unwatched = new LinkedHashMap<>();
    private final StringBuilder printed = new StringBuilder();
    private double worstRatio;
    private int runs;

    /**
     * How a kernel was launched.
     *
     * @param kernel mangled name
     * @param displayName the name for people
     * @param launches number of launches
     * @param blockThreads block size to number of launches
     * @param dynamicSharedBytes the most dynamic shared memory per block
     */
    public record KernelUse(
            String kernel,
            String displayName,
            int launches,
            Map<Integer, Integer> blockThreads,
            int dynamicSharedBytes) {

        static KernelUse of(LaunchRecord launch) {
            int threads = (int) launch.block().count();
            return new KernelUse(
                    launch.kernel(), launch.displayName(), 1, Map.of(threads, 1), launch.dynamicSharedBytes());
        }

        /** Both uses together. */
        public KernelUse and(KernelUse other) {
            Map<Integer, Integer> threads = new TreeMap<>(blockThreads);
            other.blockThreads.forEach((size, count) -> threads.merge(size, count, Integer::sum));
            return new KernelUse(
                    kernel,
                    displayName,
                    launches + other.launches,
                    threads,
                    Math.max(dynamicSharedBytes, other.dynamicSharedBytes));
        }
    }

    /**
     * A case that ran without the sanitizers.
     *
     * @param threadInstructions its length
     * @param watch runs it again, watched, and tells the errors
     */
    public record LongCase(long threadInstructions, Supplier<List<Finding>> watch) {

        static LongCase shorter(LongCase one, LongCase other) {
            return one.threadInstructions <= other.threadInstructions ? one : other;
        }
    }

    void saw(RunTrace trace) {
        runs++;
        trace.findings().forEach(this::add);
        trace.launches().forEach(launch -> kernels.merge(launch.kernel(), KernelUse.of(launch), KernelUse::and));
        int room = MOST_PRINTED - printed.length();
        printed.append(trace.printed(), 0, Math.min(room, trace.printed().length()));
    }

    /** The case of this run was watched by the sanitizers. */
    void watched(RunTrace trace) {
        trace.launches().forEach(launch -> watched.add(LaunchKind.of(launch)));
    }

    /**
     * The case of this run was too long to be watched.
     *
     * @param watch runs it again, watched, and tells the errors
     */
    void unwatched(RunTrace trace, Supplier<List<Finding>> watch) {
        LongCase shortest = new LongCase(trace.threadInstructions(), watch);
        trace.launches().forEach(launch -> unwatched.merge(LaunchKind.of(launch), shortest, LongCase::shorter));
    }

    void add(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    void compared(double ratio) {
        worstRatio = Math.max(worstRatio, ratio);
    }

    /** Runs of the submission so far; a check without one has checked nothing. */
    public int runs() {
        return runs;
    }

    public List<Finding> findings() {
        return new ArrayList<>(findings);
    }

    public Map<String, KernelUse> kernels() {
        return Map.copyOf(kernels);
    }

    /** How kernels were launched while the sanitizers watched. */
    public Set<LaunchKind> watched() {
        return Set.copyOf(watched);
    }

    /** How kernels were launched in cases that were too long to be watched, with the shortest of these. */
    public Map<LaunchKind, LongCase> unwatched() {
        return Collections.unmodifiableMap(unwatched);
    }

    /** What the submission printed in the first run of each case. */
    public String printed() {
        return printed.toString();
    }

    /** The largest error over its bound of all comparisons: the margin of a passing check. */
    public double worstRatio() {
        return worstRatio;
    }
}
