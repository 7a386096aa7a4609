package org.warpgrade.gpu;

import org.jspecify.annotations.Nullable;

/** How a run ended. The student's faults are values; ours are {@link Unsupported} and {@link DeviceLost}. */
public sealed interface RunOutcome {

    /** What the run left behind, however it ended. */
    RunTrace trace();

    /** The entry returned and every launch finished; the trace may still hold error findings. */
    record Completed(Buffers buffers, RunTrace trace) implements RunOutcome {}

    /** The program did what ends a CUDA program: an illegal access, a bad launch, a trap. */
    record Faulted(Finding fault, RunTrace trace) implements RunOutcome {}

    /** The program ran out of a budget or can never end. */
    record TimedOut(Finding where, RunTrace trace) implements RunOutcome {}

    /** The program has no such entry, or one that takes other bytes. */
    record NoSuchEntry(String message, RunTrace trace) implements RunOutcome {}

    /** The device cannot run this program: never the student's fault. */
    record Unsupported(String message, @Nullable SourceLocation at, RunTrace trace) implements RunOutcome {}

    /** The device failed for reasons of its own: never the student's fault. */
    record DeviceLost(String message, RunTrace trace) implements RunOutcome {}
}
