package org.warpgrade.gpu.timing;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Call;

/** The calls that are timed. Both contenders get the same inputs in the same repetition. */
public interface Workload {

    /**
     * The call of a repetition. Sizes stay, values differ: what a program remembers of one repetition must be worthless in
     * the next.
     */
    Call call(int repetition);

    /** What is wrong with the outputs of the timed part, in one sentence; null if nothing. */
    @Nullable
    String wrong(int repetition, Call call, TimedOutputs after);
}
