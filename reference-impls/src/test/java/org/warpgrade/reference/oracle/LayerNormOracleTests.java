package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.inputs.Inputs;

class LayerNormOracleTests {

    private static final Offset<Double> SEVENTH_DIGIT = within(5e-9);

    @Nested
    class Published_values {

        @Test
        void the_curriculum_prints_one_to_four_at_eps_1e5() {
            LayerNormOracle oracle =
                    LayerNormOracle.forward(new float[] {1, 2, 3, 4}, ones(4), new float[4], 1, 4, 1e-5f);

            double[] y = oracle.y().values();
            assertThat(y[0]).isEqualTo(-1.34163542, SEVENTH_DIGIT);
            assertThat(y[1]).isEqualTo(-0.44721181, SEVENTH_DIGIT);
            assertThat(y[2]).isEqualTo(0.44721181, SEVENTH_DIGIT);
            assertThat(y[3]).isEqualTo(1.34163542, SEVENTH_DIGIT);
            assertThat(oracle.mean().values()).containsExactly(2.5);
            assertThat(oracle.rstd().values()[0]).isEqualTo(0.89442361, SEVENTH_DIGIT);
        }

        @Test
        void by_hand_the_row_0_2_with_eps_3_is_minus_and_plus_one_half() {
            // mean 1, variance 1, root of 1 + 3 is 2; then gain 2, 4 and bias 10, 20
            LayerNormOracle oracle =
                    LayerNormOracle.forward(new float[] {0, 2}, new float[] {2, 4}, new float[] {10, 20}, 1, 2, 3);

            assertThat(oracle.y().values()).containsExactly(9, 22);
            assertThat(oracle.rstd().values()).containsExactly(0.5);
        }
    }

    @Nested
    class Properties {

        private final float[] x = Inputs.of(7, "x").normals(3 * 33);
        private final float[] g = Inputs.of(7, "g").uniforms(33, 0.5f, 2);
        private final float[] b = Inputs.of(7, "b").normals(33);

        @Test
        void without_gain_and_bias_rows_have_mean_0_and_variance_1() {
            double[] y =
                    LayerNormOracle.forward(x, ones(33), null, 3, 33, 0).y().values();

            for (int row = 0; row < 3; row++) {
                double sum = 0;
                double squares = 0;
                for (int c = 0; c < 33; c++) {
                    sum += y[row * 33 + c];
                    squares += y[row * 33 + c] * y[row * 33 + c];
                }
                assertThat(sum / 33).isEqualTo(0, within(1e-14));
                assertThat(squares / 33).isEqualTo(1, within(1e-14));
            }
        }

        @Test
        void a_row_does_not_know_its_neighbours() {
            float[] second = Arrays.copyOfRange(x, 33, 66);

            double[] alone =
                    LayerNormOracle.forward(second, g, b, 1, 33, 1e-5f).y().values();
            double[] together =
                    LayerNormOracle.forward(x, g, b, 3, 33, 1e-5f).y().values();

            assertThat(Arrays.copyOfRange(together, 33, 66)).containsExactly(alone);
        }

        @Test
        void a_constant_row_gives_the_bias_and_a_single_column_too() {
            assertThat(LayerNormOracle.forward(
                                    new float[] {7, 7, 7}, new float[] {1, 2, 3}, new float[] {4, 5, 6}, 1, 3, 1e-5f)
                            .y()
                            .values())
                    .containsExactly(4, 5, 6);
            assertThat(LayerNormOracle.forward(new float[] {-3}, new float[] {2}, new float[] {9}, 1, 1, 1e-12f)
                            .y()
                            .values())
                    .containsExactly(9);
        }

        @Test
        void a_missing_bias_is_a_bias_of_zero() {
            assertThat(LayerNormOracle.forward(x, g, null, 3, 33, 1e-5f).y().values())
                    .containsExactly(LayerNormOracle.forward(x, g, new float[33], 3, 33, 1e-5f)
                            .y()
                            .values());
        }

        @Test
        void a_nan_stays_in_its_row() {
            x[40] = Float.NaN;
            LayerNormOracle oracle = LayerNormOracle.forward(x, g, b, 3, 33, 1e-5f);

            for (int i = 0; i < 99; i++) {
                assertThat(Double.isNaN(oracle.y().values()[i])).isEqualTo(i / 33 == 1);
            }
            assertThat(oracle.rstd().values()[1]).isNaN();
        }
    }

    @Nested
    class Condition_sums {

        @Test
        void tell_how_much_a_rounding_of_the_mean_is_amplified() {
            LayerNormOracle oracle = LayerNormOracle.forward(new float[] {-4, -6}, new float[] {2, -3}, null, 1, 2, 3);

            assertThat(oracle.mean().conditionSums()).containsExactly(10); // |-4| + |-6|
            assertThat(oracle.y().conditionSums()).containsExactly(5, 7.5); // |mean| 5, rstd 1/2, |g| 2 and 3
            assertThat(oracle.rstd().conditionSums()).containsExactly(2.5);
        }
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
