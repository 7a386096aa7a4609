package org.warpgrade.engine.result;

import java.util.Locale;

/** What became of a submission. Everything but {@link #HARNESS_ERROR} is the student's doing. */
public enum Verdict {
    /** Full marks. */
    PASSED,
    /** Ran, but not every check passed. */
    FAILED,
    COMPILE_ERROR,
    /** An illegal access, a bad launch, a trap. */
    FAULTED,
    TIMED_OUT,
    /** Refused before it ran: forbidden includes, wrong entry, an attempt to cheat. */
    REJECTED,
    /** We could not grade it; no points are given or taken. */
    HARNESS_ERROR;

    /** The stable name in {@code result.json}: {@code compile-error}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
