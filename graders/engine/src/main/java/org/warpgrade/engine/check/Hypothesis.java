package org.warpgrade.engine.check;

import java.util.function.Supplier;
import org.warpgrade.assignments.Text;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * A known way to be wrong: what the output would hold if the student had made that mistake. Evaluated only when a check
 * has failed; if the submission's values match the mistaken ones, the cause is told.
 *
 * @param cause in words, as a hint: {@code exactly sqrt(d) too large: is the scale 1/sqrt(d) missing?}
 * @param mistaken the output under the mistake
 */
public record Hypothesis(Text cause, Supplier<OracleTensor> mistaken) {

    public static Hypothesis of(String english, String chinese, Supplier<OracleTensor> mistaken) {
        return new Hypothesis(new Text(english, chinese), mistaken);
    }
}
