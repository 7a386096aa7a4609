package org.warpgrade.gpu;

/**
 * How a run is carried out; none of it may change the result of a correct program.
 *
 * @param poison what outputs and fresh allocations hold before they are written
 * @param schedule 0 for the natural order of warps and blocks, else a seed that permutes it
 * @param trackWriters whether to remember which block and thread wrote each element last
 * @param sanitize whether to watch every access for races and reads of memory that nobody wrote
 * @param counters how much of it to count
 * @param limits budgets that end a runaway program
 */
public record RunSettings(
        Poison poison, long schedule, boolean trackWriters, boolean sanitize, Counting counters, RunLimits limits) {

    public static RunSettings defaults() {
        return new RunSettings(Poison.SIGNALLING_NAN, 0, false, false, Counting.none(), RunLimits.defaults());
    }

    public RunSettings withPoison(Poison other) {
        return new RunSettings(other, schedule, trackWriters, sanitize, counters, limits);
    }

    public RunSettings withSchedule(long seed) {
        return new RunSettings(poison, seed, trackWriters, sanitize, counters, limits);
    }

    public RunSettings withTrackWriters(boolean track) {
        return new RunSettings(poison, schedule, track, sanitize, counters, limits);
    }

    public RunSettings withLimits(RunLimits other) {
        return new RunSettings(poison, schedule, trackWriters, sanitize, counters, other);
    }

    public RunSettings withSanitize(boolean watch) {
        return new RunSettings(poison, schedule, trackWriters, watch, counters, limits);
    }

    public RunSettings withCounters(Counting count) {
        return new RunSettings(poison, schedule, trackWriters, sanitize, count, limits);
    }
}
