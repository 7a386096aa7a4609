package org.warpgrade.gpu.timing;

import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunTrace;

/** What one repetition gave. */
public sealed interface Repetition {

    /**
     * It completed.
     *
     * @param micros from the first thing that the entry queued to the end of the last, by the device's events
     * @param outputs after the timed part
     * @param trace of the entry's own run
     */
    record Timed(double micros, TimedOutputs outputs, RunTrace trace) implements Repetition {}

    /** It did not complete, or completed with errors; there is no time. */
    record Ended(RunOutcome outcome) implements Repetition {}

    /** It completed, but a time of it would not be fair; {@code words} says why in one sentence. */
    record NotTimable(String words) implements Repetition {}
}
