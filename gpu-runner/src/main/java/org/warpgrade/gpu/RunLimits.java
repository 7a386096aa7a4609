package org.warpgrade.gpu;

import java.time.Duration;

/**
 * Budgets of one run. Whichever ends first ends the run with a finding.
 *
 * @param deadline wall-clock time, checked at loop back-edges
 * @param threadInstructions PTX instructions summed over all CUDA threads, host code included
 * @param deviceBytes device memory alive at once, buffers included
 * @param launches kernel launches, nested included
 * @param printedBytes output of {@code printf}; what is beyond is cut, not an error
 */
public record RunLimits(Duration deadline, long threadInstructions, long deviceBytes, int launches, int printedBytes) {

    /**
     * Ten seconds, 20 G thread instructions, 512 MiB, 10,000 launches, 64 KiB of output. A byte of device memory takes two
     * of the JVM's, and several programs may run at once.
     */
    public static RunLimits defaults() {
        return new RunLimits(Duration.ofSeconds(10), 20_000_000_000L, 512L << 20, 10_000, 64 << 10);
    }

    public RunLimits withDeadline(Duration other) {
        return new RunLimits(other, threadInstructions, deviceBytes, launches, printedBytes);
    }

    public RunLimits withDeviceBytes(long other) {
        return new RunLimits(deadline, threadInstructions, other, launches, printedBytes);
    }
}
