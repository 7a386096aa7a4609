package org.warpgrade.gpu.compile;

import org.jspecify.annotations.Nullable;

/** There is no usable NVRTC on this machine, or it failed for reasons of its own; never the student's fault. */
public final class CompilerUnavailableException extends RuntimeException {

    public CompilerUnavailableException(String sentence) {
        super(sentence);
    }

    public CompilerUnavailableException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
