package org.warpgrade.engine.check;

import org.jspecify.annotations.Nullable;

/** The grader, the machine or the check itself is at fault, never the student. */
public final class HarnessFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HarnessFault(String message) {
        super(message);
    }

    public HarnessFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
