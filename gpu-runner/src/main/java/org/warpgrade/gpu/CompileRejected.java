package org.warpgrade.gpu;

import java.util.List;

/**
 * The source does not compile, or may not be compiled; the student's fault.
 *
 * @param log the compiler's own words with the student's file name and lines
 * @param diagnostics the same, taken apart
 * @param refused whether the source may not be compiled or the compiler had to be stopped, rather than found an error
 */
public record CompileRejected(String log, List<Diagnostic> diagnostics, boolean refused) implements Compilation {

    public CompileRejected(String log, List<Diagnostic> diagnostics) {
        this(log, diagnostics, false);
    }
}
