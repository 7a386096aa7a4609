package org.warpgrade.engine;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.bench.TimeBudget;

/**
 * One submission to grade.
 *
 * @param file the submitted file
 * @param assignment the assignment's id, null to tell it from the file
 * @param selection which checks to run
 * @param seed the seed of the hidden inputs
 * @param threads how many checks may run at once
 * @param resources whether to ask ptxas for registers, which takes a second compilation
 * @param budget the time that the submission may take
 * @param speed whether to measure speed where there is a GPU and the assignment gives points for it
 */
public record GradingRequest(
        Path file,
        @Nullable String assignment,
        Selection selection,
        long seed,
        int threads,
        boolean resources,
        TimeBudget budget,
        boolean speed) {

    private static final SecureRandom SECRET = new SecureRandom();

    /** All checks, a seed that nobody can foretell, all cores. */
    public static GradingRequest of(Path file) {
        int cores = Runtime.getRuntime().availableProcessors();
        long seed = SECRET.nextLong() >>> 1;
        return new GradingRequest(file, null, new Selection.All(), seed, cores, true, TimeBudget.standard(), true);
    }

    public GradingRequest forAssignment(@Nullable String id) {
        return new GradingRequest(file, id, selection, seed, threads, resources, budget, speed);
    }

    public GradingRequest publicOnly() {
        return new GradingRequest(
                file, assignment, new Selection.PublicOnly(), seed, threads, resources, budget, false);
    }

    public GradingRequest only(Set<String> checks) {
        return new GradingRequest(
                file, assignment, new Selection.Named(checks), seed, threads, resources, budget, false);
    }

    public GradingRequest withSeed(long other) {
        return new GradingRequest(file, assignment, selection, other, threads, resources, budget, speed);
    }

    public GradingRequest withThreads(int other) {
        return new GradingRequest(file, assignment, selection, seed, other, resources, budget, speed);
    }

    /** Without registers and occupancy: when only the verdict counts. */
    public GradingRequest withoutResources() {
        return new GradingRequest(file, assignment, selection, seed, threads, false, budget, speed);
    }

    public GradingRequest withBudget(TimeBudget other) {
        return new GradingRequest(file, assignment, selection, seed, threads, resources, other, speed);
    }

    /** Without points for speed: when only the checks count. */
    public GradingRequest withoutSpeed() {
        return new GradingRequest(file, assignment, selection, seed, threads, resources, budget, false);
    }
}
