package org.warpgrade.engine.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time that one submission may take. A program that hangs in one check mostly hangs in all, so after the first
 * timeout each further run gets little time, and after a few the rest is not run: a submission that never ends is told
 * so within seconds, however many checks there are.
 */
public final class TimeBudget {

    /** Cases run in tens of milliseconds; a hundred times that, also on a busy machine, and the verdict within 10 s. */
    private static final Duration RUN = Duration.ofSeconds(5);

    private static final Duration CHECK = Duration.ofSeconds(30);
    private static final Duration AFTER_TIMEOUT = Duration.ofSeconds(1);
    private static final int MOST_TIMEOUTS = 3;

    private final Duration run;
    private final Duration check;
    private final Duration afterTimeout;
    private final AtomicInteger timeouts = new AtomicInteger();

    /**
     * @param run the most that one run may take
     * @param check the most that all runs of one check may take
     * @param afterTimeout the most that one run may take once another has timed out
     */
    public TimeBudget(Duration run, Duration check, Duration afterTimeout) {
        this.run = run;
        this.check = check;
        this.afterTimeout = afterTimeout;
    }

    public static TimeBudget standard() {
        return new TimeBudget(RUN, CHECK, AFTER_TIMEOUT);
    }

    /** For our own files, which end, on a machine with other work to do: only what really hangs runs out of time. */
    public static TimeBudget patient() {
        return new TimeBudget(Duration.ofSeconds(60), Duration.ofSeconds(180), Duration.ofSeconds(20));
    }

    void timedOut() {
        timeouts.incrementAndGet();
    }

    /** The deadline of a check's next run after its runs so far took that long; not positive if there is no time left. */
    Duration forNextRun(Duration used) {
        int seen = timeouts.get();
        if (seen >= MOST_TIMEOUTS) {
            return Duration.ZERO;
        }
        Duration left = check.minus(used);
        Duration most = seen == 0 ? run : afterTimeout;
        return left.compareTo(most) < 0 ? left : most;
    }
}
