package org.warpgrade.gpu.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedianIntervalTests {

    /** Ranks of the 95 % interval as tables of the sign test have them (Conover, table A3, p = 0.5). */
    @ParameterizedTest
    @CsvSource({"6, 1", "8, 1", "9, 2", "10, 2", "12, 3", "15, 4", "20, 6", "25, 8", "30, 10", "50, 18", "100, 40"})
    void ranks_are_those_of_the_sign_test(int n, int rank) {
        assertThat(MedianInterval.rank(n, 0.05)).isEqualTo(rank);
    }

    @Test
    void the_interval_runs_between_two_values_of_the_sample() {
        assertThat(MedianInterval.of(new double[] {9, 2, 7, 4, 5, 6, 3, 8, 1, 10}, 0.95))
                .isEqualTo(new Interval(2, 5.5, 9));
    }

    @Test
    void five_values_are_too_few_for_any() {
        assertThat(MedianInterval.rank(5, 0.05)).isZero();
    }

    @Test
    void one_outlier_does_not_move_it() {
        Interval without = MedianInterval.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.95);
        assertThat(MedianInterval.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1e9}, 0.95))
                .isEqualTo(without);
    }
}
