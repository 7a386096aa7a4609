package org.warpgrade.reports.math;

/**
 * One character of a formula and the part it plays, which decides the gaps around it.
 *
 * @param text the character
 * @param role TeX's classes of atoms, with upright letters told from slanted ones
 */
record Symbol(String text, Role role) {

    enum Role {
        LETTER,
        UPRIGHT,
        BINARY,
        RELATION,
        /** Grows in displayed formulas and takes limits, as the sum. */
        LARGE,
        /** Stands between its neighbours without a gap, as the slash. */
        TIGHT,
        OPEN,
        CLOSE,
        PUNCTUATION,
        ELLIPSIS
    }
}
