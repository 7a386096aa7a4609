package org.warpgrade.gpu;

/**
 * How a run is carried out; none of it may change the result of a correct program.
 *
 * @param poison what outputs and fresh allocations hold before they are written
 * @param schedule 0 for the natural order of warps and blocks, else a seed that permutes it
 * @param trackWriters whether to remember which block and thread wrote each element last
 * @param sanitize whether to watch every access for races and reads of memory that nobody wrote
 * @param traceNan whether to follow NaNs and infinities to the expression that made them; slow, only on the CPU device
 * @param counters how much of it to count
 * @param limits budgets that end a runaway program
 */
public record RunSettings(
        Poison poison,
        long schedule,
        boolean trackWriters,
        boolean sanitize,
        boolean traceNan,
        Counting counters,
        RunLimits limits) {

    public static RunSettings defaults() {
        return new RunSettings(Poison.SIGNALLING_NAN, 0, false, false, false, Counting.none(), RunLimits.defaults());
    }

    public RunSettings withPoison(Poison other) {
        return new RunSettings(other, schedule, trackWriters, sanitize, traceNan, counters, limits);
    }

    public RunSettings withSchedule(long seed) {
        return new RunSettings(poison, seed, trackWriters, sanitize, traceNan, counters, limits);
    }

    public RunSettings withTrackWriters(boolean track) {
        return new RunSettings(poison, schedule, track, sanitize, traceNan, counters, limits);
    }

    public RunSettings withLimits(RunLimits other) {
        return new RunSettings(poison, schedule, trackWriters, sanitize, traceNan, counters, other);
    }

    public RunSettings withSanitize(boolean watch) {
        return new RunSettings(poison, schedule, trackWriters, watch, traceNan, counters, limits);
    }

    public RunSettings withCounters(Counting count) {
        return new RunSettings(poison, schedule, trackWriters, sanitize, traceNan, count, limits);
    }

    public RunSettings withTraceNan(boolean trace) {
        return new RunSettings(poison, schedule, trackWriters, sanitize, trace, counters, limits);
    }
}
