package org.warpgrade.gpu;

import org.jspecify.annotations.Nullable;

/**
 * A located diagnosis of what the running program did.
 *
 * @param kind what went wrong
 * @param severity errors stop or fail the run, warnings are shown
 * @param at the source line, null where the program carries no line information
 * @param kernel the kernel or host function, demangled for people
 * @param block block index, null for host code
 * @param thread thread index in its block, null for host code
 * @param message one sentence for a student; names the buffer and the distance, never hidden data
 */
public record Finding(
        FindingKind kind,
        Severity severity,
        @Nullable SourceLocation at,
        @Nullable String kernel,
        @Nullable Dim3 block,
        @Nullable Dim3 thread,
        String message) {

    public Finding withSeverity(Severity other) {
        return new Finding(kind, other, at, kernel, block, thread, message);
    }
}
