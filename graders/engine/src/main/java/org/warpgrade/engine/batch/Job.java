package org.warpgrade.engine.batch;

import org.warpgrade.engine.handin.HandIn;

/**
 * One hand-in that is to have a result.
 *
 * @param handIn whose file, from where, when
 * @param assignment the assignment's id
 * @param sha256 of the file's bytes
 */
public record Job(HandIn handIn, String assignment, String sha256) {

    /** What makes two jobs the same piece of work: whoever handed it in, one grading answers both. */
    String work() {
        return assignment + "/" + sha256;
    }
}
