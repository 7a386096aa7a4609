package org.warpgrade.engine.mutation;

import java.util.Locale;

/** What became of a mutant. */
public enum Fate {
    /** A check noticed. */
    KILLED,
    /** No check noticed: a gap in the checks, or a change that does not matter. */
    SURVIVED,
    /** No check noticed, and somebody has written down why none can. */
    EQUIVALENT,
    /** Somebody has written down why no check can notice, and one did: the judgement is wrong. */
    MISJUDGED,
    /** The compiler makes the code of the reference of it (trivial compiler equivalence, Papadakis et al., ICSE 2015). */
    SAME_CODE,
    /** The compiler makes the code of another mutant of it: counted once, there. */
    DUPLICATE,
    /** It is no CUDA. */
    NOT_COMPILED,
    /** The grader could not tell: a bug of ours. */
    UNCLEAR;

    /** In lower case with hyphens. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
