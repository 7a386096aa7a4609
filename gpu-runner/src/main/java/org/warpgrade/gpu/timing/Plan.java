package org.warpgrade.gpu.timing;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUps pairs before the first that counts: clocks rise, pages are touched
 * @param least pairs that are always taken
 * @param most pairs after which to stop
 * @param halfWidth stop when the interval of the ratio is narrower than this on each side, relative
 * @param budget wall-clock time after which to stop
 */
public record Plan(int warmUps, int least, int most, double halfWidth, Duration budget) {

    public Plan {
        if (least < MedianInterval.LEAST) {
            throw new IllegalArgumentException(
                    "an interval of 95 % needs " + MedianInterval.LEAST + " pairs, not " + least);
        }
    }

    /** 3 warm-ups, 15 to 300 pairs, ±1 %, 20 s. */
    public static Plan standard() {
        return new Plan(3, 15, 300, 0.01, Duration.ofSeconds(20));
    }

    public Plan withBudget(Duration other) {
        return new Plan(warmUps, least, most, halfWidth, other);
    }
}
