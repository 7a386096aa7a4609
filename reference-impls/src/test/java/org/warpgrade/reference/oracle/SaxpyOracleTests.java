package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.inputs.Inputs;

class SaxpyOracleTests {

    @Test
    void the_public_example_of_the_curriculum() {
        OracleTensor y = SaxpyOracle.saxpy(2, new float[] {1, 2, 3, 4}, 1, new float[] {10, 20, 30, 40}, 1, 4);

        assertThat(y.values()).containsExactly(12, 24, 36, 48);
        assertThat(y.conditionSums()).containsExactly(12, 24, 36, 48);
    }

    @Test
    void the_input_is_left_alone() {
        float[] y = {1, 2};

        SaxpyOracle.saxpy(1, new float[] {5, 6}, 1, y, 1, 2);

        assertThat(y).containsExactly(1, 2);
    }

    @Nested
    class Increments {

        @Test
        void gaps_keep_their_values_and_allow_no_error() {
            OracleTensor y = SaxpyOracle.saxpy(1, new float[] {1, 9, 2}, 2, new float[] {10, 20, 30, 40}, 3, 2);

            assertThat(y.values()).containsExactly(11, 20, 30, 42);
            assertThat(SaxpyOracle.bounds(y, 3, 2)).containsExactly(11 * 0x1p-23, 0, 0, 42 * 0x1p-23);
        }

        @Test
        void a_negative_increment_walks_the_same_memory_backwards() {
            OracleTensor y = SaxpyOracle.saxpy(1, new float[] {1, 2, 3}, -1, new float[] {10, 20, 30}, 1, 3);

            assertThat(y.values()).containsExactly(13, 22, 31);
        }

        @Test
        void two_negative_increments_pair_the_same_elements_as_two_positive_ones() {
            float[] x = {1, 9, 2, 9, 3};
            float[] y = {10, 20, 30};

            assertThat(SaxpyOracle.saxpy(3, x, -2, y, -1, 3).values())
                    .isEqualTo(SaxpyOracle.saxpy(3, x, 2, y, 1, 3).values());
        }

        @Test
        void increment_zero_uses_the_first_element_everywhere() {
            OracleTensor y = SaxpyOracle.saxpy(2, new float[] {1, 7}, 0, new float[] {10, 20, 30, 40}, 1, 4);

            assertThat(y.values()).containsExactly(12, 22, 32, 42);
        }
    }

    @Nested
    class Special_values {

        @Test
        void zero_times_nan_and_zero_times_infinity_are_nan() {
            OracleTensor y = SaxpyOracle.saxpy(
                    0, new float[] {Float.NaN, Float.POSITIVE_INFINITY, 5}, 1, new float[] {1, 2, 3}, 1, 3);

            assertThat(y.values()).containsExactly(Double.NaN, Double.NaN, 3);
        }

        @Test
        void no_elements_change_nothing() {
            OracleTensor y = SaxpyOracle.saxpy(2, new float[] {1}, 1, new float[] {7}, 1, 0);

            assertThat(y.values()).containsExactly(7);
            assertThat(SaxpyOracle.bounds(y, 1, 0)).containsExactly(0);
        }
    }

    @Nested
    class Bounds {

        @Test
        void a_fused_multiply_add_has_no_error_and_two_roundings_are_inside() {
            Inputs inputs = Inputs.of(7, "bounds");
            int n = 100_000;
            float a = 1.1f;
            float[] x = inputs.normals(n);
            float[] y = inputs.normals(n);
            OracleTensor result = SaxpyOracle.saxpy(a, x, 1, y, 1, n);
            double[] bounds = SaxpyOracle.bounds(result, 1, n);

            for (int i = 0; i < n; i++) {
                assertThat((double) Math.fma(a, x[i], y[i])).isEqualTo(result.values()[i]);
                assertThat(Math.abs(a * x[i] + y[i] - result.values()[i])).isLessThanOrEqualTo(bounds[i]);
            }
        }

        @Test
        void half_precision_is_outside() {
            OracleTensor result = SaxpyOracle.saxpy(1.1f, new float[] {3.3f}, 1, new float[] {0.7f}, 1, 1);
            float half = Float.float16ToFloat(Float.floatToFloat16(1.1f * 3.3f + 0.7f));

            assertThat(Math.abs(half - result.values()[0])).isGreaterThan(8 * SaxpyOracle.bounds(result, 1, 1)[0]);
        }
    }
}
