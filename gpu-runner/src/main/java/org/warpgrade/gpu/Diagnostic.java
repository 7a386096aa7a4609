package org.warpgrade.gpu;

import org.jspecify.annotations.Nullable;

/** One line of a compiler's complaint, with the student's own file name and line where it has one. */
public record Diagnostic(Severity severity, @Nullable SourceLocation at, String message) {}
