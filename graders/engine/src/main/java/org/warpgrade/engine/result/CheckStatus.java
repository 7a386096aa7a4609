package org.warpgrade.engine.result;

import java.util.Locale;

/** How one check ended. */
public enum CheckStatus {
    PASSED,
    FAILED,
    FAULTED,
    TIMED_OUT,
    /** Not run: an earlier stage ended the grading, or this kind of check needs a GPU. */
    NOT_ASSESSED,
    HARNESS_ERROR;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
