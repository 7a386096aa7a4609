package org.warpgrade.gpu.cpu;

import java.util.concurrent.atomic.AtomicLong;
import org.warpgrade.gpu.RunLimits;

/** What a run may still spend. Safe for many threads. */
final class Budget {

    private final RunLimits limits;
    private final long deadline;
    private final AtomicLong instructions = new AtomicLong();
    private volatile boolean cancelled;

    Budget(RunLimits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.deadline().toNanos();
    }

    /** Takes note of executed thread instructions. */
    void charge(long threadInstructions) {
        instructions.addAndGet(threadInstructions);
    }

    boolean isOutOfTime() {
        return cancelled || System.nanoTime() - deadline > 0;
    }

    boolean isOutOfSteps() {
        return instructions.get() > limits.threadInstructions();
    }

    /** Makes every executor of the run stop soon. */
    void cancel() {
        cancelled = true;
    }

    RunLimits limits() {
        return limits;
    }
}
