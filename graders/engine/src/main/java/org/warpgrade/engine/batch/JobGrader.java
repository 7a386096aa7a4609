package org.warpgrade.engine.batch;

import java.nio.file.Path;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.result.GradingResult;

/** Where jobs are graded: in this process, or wherever an implementation sends them. Used by several threads. */
public interface JobGrader {

    /**
     * One grading.
     *
     * @param file the submission
     * @param assignment the assignment's id
     * @param seed of the hidden inputs
     */
    record Order(Path file, String assignment, long seed) {}

    /** How many jobs it takes at once. */
    int parallel();

    /**
     * Whether it grades on this machine: then a file may be what killed a grader that had it in hand, and a job that failed is
     * tried again with the machine to itself.
     */
    default boolean here() {
        return true;
    }

    /**
     * Grades; whatever it throws is no fault of the student, and the job is tried once more later.
     *
     * @throws IntakeException if the file is gone
     * @throws InterruptedException if the batch is being stopped
     */
    GradingResult grade(Order order) throws IntakeException, InterruptedException;
}
