package org.warpgrade.engine;

import org.jspecify.annotations.Nullable;

/** The caller named a file that cannot be read or an assignment that does not exist: a usage error, told in one sentence. */
public final class IntakeException extends Exception {

    private static final long serialVersionUID = 1L;

    public IntakeException(String message) {
        super(message);
    }

    public IntakeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
