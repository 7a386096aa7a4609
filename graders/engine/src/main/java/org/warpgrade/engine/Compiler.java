package org.warpgrade.engine;

import java.util.List;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Program;

/** Turns submissions into programs. Safe for use by several threads. */
public interface Compiler {

    /** Name and version for the record: {@code NVRTC 12.6.77}. */
    String name();

    /**
     * Compiles the submission, with the assignment's driver after it where there is one, and expects the assignment's
     * entries.
     */
    Compilation compile(Submission submission);

    /** Whether the compiler never saw the source because something in it is not allowed. */
    boolean refused(CompileRejected rejected);

    /** The warnings of a compilation that went well. */
    List<Diagnostic> diagnostics(Program program);

    /** What ptxas reports of the submission's kernels, in source order; empty where that is not to be had. */
    List<KernelResources> resources(Submission submission);
}
