package org.warpgrade.gpu;

import java.util.List;

/**
 * What was seen while a program ran.
 *
 * @param launches kernel launches in program order
 * @param findings diagnoses in the order they were made, each place once
 * @param printed the output of {@code printf}
 * @param scratchBytes the most device memory alive at once that the entry itself allocated
 * @param hostInstructions PTX instructions executed by host code
 * @param nanos wall-clock time of the run
 */
public record RunTrace(
        List<LaunchRecord> launches,
        List<Finding> findings,
        String printed,
        long scratchBytes,
        long hostInstructions,
        long nanos) {

    public RunTrace {
        launches = List.copyOf(launches);
        findings = List.copyOf(findings);
    }

    public static RunTrace empty() {
        return new RunTrace(List.of(), List.of(), "", 0, 0, 0);
    }

    /** Instructions executed by all CUDA threads of all launches. */
    public long threadInstructions() {
        return launches.stream().mapToLong(LaunchRecord::threadInstructions).sum();
    }
}
