package org.warpgrade.engine.performance;

import org.warpgrade.assignments.Text;
import org.warpgrade.gpu.timing.Measurement;
import org.warpgrade.gpu.timing.Peaks;

/** What came of timing a submission. */
public sealed interface Speed {

    /** Whom a measurement speaks of when it is not the submission; no file has this name. */
    String REFERENCE = "the reference";

    /**
     * It was timed, which may still have ended in a refusal or without a number.
     *
     * @param problem what was timed
     * @param gpu its name
     * @param peaks what our own kernels reached on it in the same run
     * @param measurement against the reference
     */
    record Timed(TimedProblem problem, String gpu, Peaks peaks, Measurement measurement) implements Speed {

        /** The fraction of the peak that the candidate reached, in doubt the higher one; NaN without a number. */
        public double fraction() {
            return measurement instanceof Measurement.Compared compared
                    ? problem.fraction(compared.candidate().micros().low(), peaks)
                    : Double.NaN;
        }
    }

    /** It was not, for reasons that are not the submission's. */
    record NotTimed(Text why) implements Speed {}
}
