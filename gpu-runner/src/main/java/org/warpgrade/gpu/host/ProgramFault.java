package org.warpgrade.gpu.host;

import org.warpgrade.gpu.FindingKind;

/** The running program did what CUDA forbids; whoever executes the instruction adds where and who. */
public final class ProgramFault extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final FindingKind kind;

    public ProgramFault(FindingKind kind, String message) {
        super(message, null, false, true);
        this.kind = kind;
    }

    public FindingKind kind() {
        return kind;
    }
}
