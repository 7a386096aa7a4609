package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.oracle.ReduceOracle.Op;

class ReduceOracleTests {

    private static final float[] X = {1, 2, 3, 4, 5, 6};

    @Nested
    class Worked_examples {

        @Test
        void the_public_sums_of_the_curriculum() {
            assertThat(ReduceOracle.reduce(Op.SUM, X, 2, 3, 1).values()).containsExactly(6, 15);
            assertThat(ReduceOracle.reduce(Op.SUM, X, 1, 2, 3).values()).containsExactly(5, 7, 9);
        }

        @Test
        void the_other_operations_on_the_same_rows() {
            assertThat(ReduceOracle.reduce(Op.MAX, X, 2, 3, 1).values()).containsExactly(3, 6);
            assertThat(ReduceOracle.argmax(X, 2, 3, 1)).containsExactly(2, 2);
            assertThat(ReduceOracle.reduce(Op.MEAN, X, 2, 3, 1).values()).containsExactly(2, 5);
            assertThat(ReduceOracle.reduce(Op.NORM, X, 2, 3, 1).values()).containsExactly(Math.sqrt(14), Math.sqrt(77));
        }

        @Test
        void a_middle_axis_between_two_others() {
            float[] x = {1, 2, 30, 40, 5, 6, 70, 80};

            OracleTensor y = ReduceOracle.reduce(Op.SUM, x, 2, 2, 2);

            assertThat(y.shape()).containsExactly(2, 2);
            assertThat(y.values()).containsExactly(31, 42, 75, 86);
        }
    }

    @Nested
    class Condition_sums {

        private final float[] mixed = {3, -4};

        @Test
        void of_a_sum_are_the_magnitudes() {
            assertThat(ReduceOracle.reduce(Op.SUM, mixed, 1, 2, 1).conditionSums())
                    .containsExactly(7);
        }

        @Test
        void of_a_mean_are_the_magnitudes_over_n() {
            assertThat(ReduceOracle.reduce(Op.MEAN, mixed, 1, 2, 1).conditionSums())
                    .containsExactly(3.5);
        }

        @Test
        void of_a_norm_is_the_norm() {
            assertThat(ReduceOracle.reduce(Op.NORM, mixed, 1, 2, 1).conditionSums())
                    .containsExactly(5);
        }
    }

    @Nested
    class Special_values {

        @Test
        void a_nan_is_the_maximum_and_the_first_one_is_found() {
            float[] x = {1, Float.NaN, Float.POSITIVE_INFINITY, Float.NaN};

            assertThat(ReduceOracle.reduce(Op.MAX, x, 1, 4, 1).values()).containsExactly(Double.NaN);
            assertThat(ReduceOracle.argmax(x, 1, 4, 1)).containsExactly(1);
        }

        @Test
        void ties_go_to_the_lowest_index() {
            assertThat(ReduceOracle.argmax(new float[] {1, 7, 2, 7}, 1, 4, 1)).containsExactly(1);
        }

        @Test
        void a_column_of_minus_infinity_has_its_first_element_as_maximum() {
            float[] x = new float[5];
            Arrays.fill(x, Float.NEGATIVE_INFINITY);

            assertThat(ReduceOracle.reduce(Op.MAX, x, 1, 5, 1).values()).containsExactly(Double.NEGATIVE_INFINITY);
            assertThat(ReduceOracle.argmax(x, 1, 5, 1)).containsExactly(0);
        }

        @Test
        void the_norm_of_huge_values_does_not_overflow() {
            assertThat(ReduceOracle.reduce(Op.NORM, new float[] {3e20f, 4e20f}, 1, 2, 1)
                            .values()[0])
                    .isCloseTo(5e20, within(1e14));
        }
    }
}
