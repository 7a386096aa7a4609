package org.warpgrade.gpu.cpu;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.warpgrade.gpu.RunLimits;

/** What a run may still spend; asked by the thread that made it. */
final class Budget {

    /** Wall-clock time may be this many times the deadline. */
    private static final int BACKSTOP = 4;

    private final RunLimits limits;
    private final long deadline;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long cpuBegin = threads.getCurrentThreadCpuTime();

    Budget(RunLimits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + BACKSTOP * limits.deadline().toNanos();
    }

    /**
     * Whether the program has used its time. It is the processor time of the thread that runs it, so that a busy machine
     * does not turn a right program into a slow one; wall-clock time is only the backstop.
     */
    boolean isOutOfTime() {
        return threads.getCurrentThreadCpuTime() - cpuBegin > limits.deadline().toNanos()
                || System.nanoTime() - deadline > 0;
    }

    RunLimits limits() {
        return limits;
    }
}
