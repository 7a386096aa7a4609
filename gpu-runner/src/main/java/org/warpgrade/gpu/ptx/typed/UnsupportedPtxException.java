package org.warpgrade.gpu.ptx.typed;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.SourceLocation;

/** An instruction that the CPU device does not know: never the student's fault. */
public final class UnsupportedPtxException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient @Nullable SourceLocation at;

    public UnsupportedPtxException(String message, @Nullable SourceLocation at) {
        super(message);
        this.at = at;
    }

    public @Nullable SourceLocation at() {
        return at;
    }
}
