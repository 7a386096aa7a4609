package org.warpgrade.gpu;

import java.util.List;

/**
 * The source does not compile, or may not be compiled; the student's fault.
 *
 * @param log the compiler's own words with the student's file name and lines
 * @param diagnostics the same, taken apart
 */
public record CompileRejected(String log, List<Diagnostic> diagnostics) implements Compilation {}
