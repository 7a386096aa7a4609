package org.warpgrade.engine.handin;

import java.util.List;

/**
 * What a class handed in.
 *
 * @param layout how it was laid out
 * @param files every file to grade, by student and place
 * @param skipped what is not graded
 */
public record HandIns(Layout layout, List<HandIn> files, List<Skipped> skipped) {

    /** How the hand-ins of a class are laid out. */
    public enum Layout {
        /** {@code <student>/…/<file>.cu}. */
        FOLDERS,
        /** {@code <student>_<assignment>.cu}. */
        FLAT,
        /** Canvas' submissions.zip: {@code <name>_<id>_<submission>_<file>.cu}. */
        CANVAS,
        /** Moodle's download: {@code <Name>_<participant>_assignsubmission_file_/…}. */
        MOODLE,
        /** Gradescope's export with {@code submission_metadata.yml}. */
        GRADESCOPE
    }
}
