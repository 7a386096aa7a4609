package org.warpgrade.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how long something lasts. The time of day does not: it jumps when somebody sets it, when a laptop wakes up, and
 * when NTP corrects it, and whoever waits by it gives up early or never.
 */
public final class SteadyClock {

    private final LongSupplier nanos;
    private final long beginning;

    /** @param nanos what only ever grows, one in a nanosecond, as {@link System#nanoTime} does */
    public SteadyClock(LongSupplier nanos) {
        this.nanos = nanos;
        this.beginning = nanos.getAsLong();
    }

    public static SteadyClock ofSystem() {
        return new SteadyClock(System::nanoTime);
    }

    /** What has passed since the clock was made. */
    public Duration now() {
        return Duration.ofNanos(nanos.getAsLong() - beginning);
    }
}
