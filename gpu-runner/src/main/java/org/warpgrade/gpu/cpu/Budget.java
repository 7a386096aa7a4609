package org.warpgrade.gpu.cpu;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.warpgrade.gpu.RunLimits;

/** What a run may still spend; asked by the thread that made it and by those that share its work. */
final class Budget {

    /** Wall-clock time may be this many times the deadline. */
    private static final int BACKSTOP = 4;

    private final RunLimits limits;
    private final long deadline;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    /** The processor time of a thread at which the run began for it. */
    private final ThreadLocal<Long> cpuBegin;

    Budget(RunLimits limits) {
        this.limits = limits;
        long begin = threads.getCurrentThreadCpuTime();
        this.cpuBegin = ThreadLocal.withInitial(() -> begin);
        this.deadline = System.nanoTime() + BACKSTOP * limits.deadline().toNanos();
    }

    /**
     * Whether the program has used its time. It is the processor time of the thread that runs it, so that a busy machine
     * does not turn a right program into a slow one; wall-clock time is only the backstop.
     */
    boolean isOutOfTime() {
        return spent() > limits.deadline().toNanos() || System.nanoTime() - deadline > 0;
    }

    private long spent() {
        return threads.getCurrentThreadCpuTime() - cpuBegin.get();
    }

    /** What threads need to know that go on with the work of the present one. */
    Share share() {
        return new Share(spent());
    }

    /** Lets other threads go on where the run's own thread was. */
    final class Share {
        private final long spentBefore;

        private Share(long spentBefore) {
            this.spentBefore = spentBefore;
        }

        /** Called once by each of them. */
        void begin() {
            cpuBegin.set(threads.getCurrentThreadCpuTime() - spentBefore);
        }
    }

    RunLimits limits() {
        return limits;
    }
}
