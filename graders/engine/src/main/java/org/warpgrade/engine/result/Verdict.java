package org.warpgrade.engine.result;

import java.util.Collection;
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

    /** The gravest thing that happened in any check; our own fault before all, since it makes the rest unreliable. */
    public static Verdict of(Collection<CheckStatus> checks) {
        if (checks.contains(CheckStatus.HARNESS_ERROR)) {
            return HARNESS_ERROR;
        }
        if (checks.contains(CheckStatus.FAULTED)) {
            return FAULTED;
        }
        if (checks.contains(CheckStatus.TIMED_OUT)) {
            return TIMED_OUT;
        }
        return checks.contains(CheckStatus.FAILED) ? FAILED : PASSED;
    }

    /** The stable name in {@code result.json}: {@code compile-error}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
