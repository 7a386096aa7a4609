package org.warpgrade.gpu.cpu;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Instructions that whole warps execute one after the other, with nothing to decide in between: what they need is looked up once, and
 * they are counted together. For the interpreter where it counts, which otherwise spends most of its time between instructions.
 */
final class Stretch {

    /** Where none begins. */
    static final Stretch NONE = new Stretch(null, 0, new Step[0]);

    /** An instruction, ready for all lanes of a warp. */
    @FunctionalInterface
    interface Step {

        /** @param group stands at the instruction if it is one that may fault */
        void run(Warp warp, LaneGroup group);
    }

    private final @Nullable TypedFunction function;
    private final int begin;
    private final Step[] steps;
    private long executions;

    Stretch(@Nullable TypedFunction function, int begin, Step[] steps) {
        this.function = function;
        this.begin = begin;
        this.steps = steps;
    }

    int length() {
        return steps.length;
    }

    TypedFunction function() {
        return Objects.requireNonNull(function);
    }

    int begin() {
        return begin;
    }

    /** How often it was executed since this was last asked, each time by 32 lanes. */
    long takeExecutions() {
        long taken = executions;
        executions = 0;
        return taken;
    }

    /** Executes all of it; the group stands behind it then. */
    void run(Warp warp, LaneGroup group) {
        for (Step step : steps) {
            step.run(warp, group);
        }
        group.pc = begin + steps.length;
        executions++;
    }
}
