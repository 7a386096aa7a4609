package org.warpgrade.engine;

import java.util.Locale;

/**
 * What the publish gate says of one file.
 *
 * @param assignment assignment id
 * @param file name relative to the folder of its kind
 * @param kind what the file is
 * @param named the check that must reject a mutant, the verdict and check that an exploit must get, else empty
 * @param ok whether it is as it must be
 * @param result what came out, in a few words
 * @param margin the largest error over its bound: of a reference in all checks, of a mutant in the tensor that gave it
 *     away; infinite for exact and for missing values; NaN where no tensor was compared
 * @param millis wall-clock time
 */
public record GateRow(
        String assignment,
        String file,
        Kind kind,
        String named,
        boolean ok,
        String result,
        double margin,
        double millis) {

    /** The kinds of files that ship with an assignment. */
    public enum Kind {
        STARTER,
        REFERENCE,
        MUTANT,
        EXPLOIT,
        /** Unusual but honest, and must pass. */
        CONTROL;

        /** In lower case. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
