package org.warpgrade.gpu.timing;

import java.util.List;
import org.warpgrade.gpu.RunOutcome;

/** What a comparison gave. */
public sealed interface Measurement {

    /**
     * Both sides were timed.
     *
     * @param ratio the candidate's time over the reference's, with its interval of 95 %; below 1 the candidate is faster
     * @param standing what the interval allows to say
     * @param candidate the candidate's times
     * @param reference the reference's times
     * @param floorMicros the least time that the work needs; 0 if not known
     * @param narrow whether the interval became as narrow as was asked for
     * @param before the GPU before the first repetition
     * @param after the GPU after the last
     */
    record Compared(
            Interval ratio,
            Standing standing,
            Side candidate,
            Side reference,
            double floorMicros,
            boolean narrow,
            GpuState before,
            GpuState after)
            implements Measurement {

        /** The floor over the candidate's median: 1 is as fast as this GPU can be; 0 if no floor is known. */
        public double fractionOfFloor() {
            return floorMicros / candidate.micros().median();
        }
    }

    /** A program that gives wrong outputs when timed, or is faster than it can be, or works where no clock runs: no time counts. */
    record Refused(Reason reason, String who, String words) implements Measurement {

        /** Why. */
        public enum Reason {
            WRONG_OUTPUT,
            FASTER_THAN_FLOOR,
            /** The entry computes on the host with what kernels wrote, where no clock runs. */
            HOST_WORK
        }
    }

    /** The machine was not steady; nobody's fault, and worth another try. */
    record Unsteady(Reason reason, String words) implements Measurement {

        /** Why. */
        public enum Reason {
            DRIFT,
            THROTTLED,
            TOO_SLOW
        }
    }

    /** A side did not complete. */
    record Ended(String who, RunOutcome outcome) implements Measurement {}

    /** What the interval of the ratio allows to say. */
    enum Standing {
        FASTER,
        SLOWER,
        /** The interval holds 1. */
        NOT_DISTINGUISHABLE
    }

    /**
     * One side's times.
     *
     * @param name of the contender
     * @param micros its median with an interval of 95 %
     * @param samples every time in microseconds, in order
     */
    record Side(String name, Interval micros, List<Double> samples) {

        public Side {
            samples = List.copyOf(samples);
        }
    }
}
