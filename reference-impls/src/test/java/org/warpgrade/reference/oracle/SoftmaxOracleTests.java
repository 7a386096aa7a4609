package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.inputs.Inputs;

class SoftmaxOracleTests {

    private static final float INF = Float.POSITIVE_INFINITY;

    @Nested
    class Forward {

        @Test
        void gives_the_published_values_of_one_two_three() {
            double[] y = SoftmaxOracle.forward(new float[] {1, 2, 3}, 1, 3).values();

            assertThat(y).containsExactly(new double[] {0.09003057, 0.24472847, 0.66524096}, within(5e-9));
        }

        @Test
        void is_uniform_over_equal_logits_however_large() {
            assertThat(SoftmaxOracle.forward(new float[] {1e4f, 1e4f, 1e4f, 1e4f}, 1, 4)
                            .values())
                    .containsExactly(0.25, 0.25, 0.25, 0.25);
        }

        @Test
        void is_the_logistic_function_for_two_logits() {
            double[] y = SoftmaxOracle.forward(new float[] {0.75f, -0.5f}, 1, 2).values();

            assertThat(y[0]).isCloseTo(1 / (1 + Math.exp(-1.25)), within(1e-15));
        }

        @Test
        void treats_rows_apart() {
            double[] y = SoftmaxOracle.forward(new float[] {1, 2, 3, Float.NaN, 2, 3}, 2, 3)
                    .values();

            assertThat(y[2]).isCloseTo(0.66524096, within(5e-9));
            assertThat(new double[] {y[3], y[4], y[5]}).containsOnly(Double.NaN);
        }

        @Test
        void gives_minus_infinity_no_share() {
            assertThat(SoftmaxOracle.forward(new float[] {-INF, 0, -INF}, 1, 3).values())
                    .containsExactly(0, 1, 0);
        }

        @Test
        void is_nan_where_the_formula_is() {
            assertThat(SoftmaxOracle.forward(new float[] {-INF, -INF}, 1, 2).values())
                    .containsOnly(Double.NaN);
            assertThat(SoftmaxOracle.forward(new float[] {INF, 0}, 1, 2).values())
                    .containsOnly(Double.NaN);
        }
    }

    @Nested
    class Backward {

        @Test
        void gives_the_hand_computed_gradient_of_the_first_probability() {
            float[] y = {0.09003057f, 0.24472847f, 0.66524096f};

            double[] dx = SoftmaxOracle.backward(y, new float[] {1, 0, 0}, 1, 3).values();

            assertThat(dx).containsExactly(new double[] {0.08192507, -0.02203304, -0.05989202}, within(1e-8));
        }

        @Test
        void is_the_central_difference_of_the_forward() {
            int rows = 3;
            int cols = 7;
            Inputs inputs = Inputs.of(11, "softmax-gradient");
            float[] x = grid(inputs, rows * cols);
            float[] dy = inputs.normals(rows * cols);
            float[] y = new float[x.length];
            double[] exact = SoftmaxOracle.forward(x, rows, cols).values();
            for (int i = 0; i < y.length; i++) {
                y[i] = (float) exact[i];
            }

            double[] dx = SoftmaxOracle.backward(y, dy, rows, cols).values();

            float h = 0x1p-10f;
            for (int i = 0; i < x.length; i++) {
                float at = x[i];
                x[i] = at + h;
                double above = loss(x, dy, rows, cols);
                x[i] = at - h;
                double below = loss(x, dy, rows, cols);
                x[i] = at;
                assertThat(dx[i]).isCloseTo((above - below) / (2 * h), within(1e-6));
            }
        }

        @Test
        void is_zero_for_a_saturated_row() {
            assertThat(SoftmaxOracle.backward(new float[] {0, 1, 0}, new float[] {3, -2, 5}, 1, 3)
                            .values())
                    .containsOnly(0.0);
        }

        @Test
        void has_the_terms_of_both_products_in_its_condition_sum() {
            OracleTensor dx = SoftmaxOracle.backward(new float[] {0.25f, 0.75f}, new float[] {4, -4}, 1, 2);

            assertThat(dx.values()).containsExactly(1.5, -1.5);
            assertThat(dx.conditionSums()).containsExactly(1 + 0.25 * 4, 3 + 0.75 * 4);
        }

        private static double loss(float[] x, float[] dy, int rows, int cols) {
            double[] y = SoftmaxOracle.forward(x, rows, cols).values();
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += y[i] * dy[i];
            }
            return sum;
        }

        /** Values on a grid of 2^-10, so that adding and subtracting the step is exact. */
        private static float[] grid(Inputs inputs, int count) {
            float[] x = new float[count];
            for (int i = 0; i < count; i++) {
                x[i] = (inputs.below(4096) - 2048) * 0x1p-10f;
            }
            return x;
        }
    }
}
