package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.FfnOracle.BackwardSlip;
import org.warpgrade.reference.oracle.FfnOracle.Gradients;
import org.warpgrade.reference.oracle.FfnOracle.Size;
import org.warpgrade.reference.oracle.FfnOracle.Slip;
import org.warpgrade.reference.oracle.FfnOracle.Weights;

class FfnOracleTests {

    private static final Size SMALL = new Size(3, 4, 5);

    private static final Weights ABSOLUTE_VALUE =
            new Weights(new float[] {1, -1}, new float[2], new float[] {1, 1}, new float[1]);

    private static Weights weights(Size size) {
        Inputs inputs = Inputs.of(7, "ffn oracle");
        return new Weights(
                inputs.normals(size.inner() * size.width()),
                inputs.normals(size.inner()),
                inputs.normals(size.width() * size.inner()),
                inputs.normals(size.width()));
    }

    @Nested
    class Activations {

        @Test
        void have_the_published_values() {
            assertThat(Nonlinearity.value(4, 1)).isCloseTo(0.84134475, within(5e-9));
            assertThat(Nonlinearity.value(5, 1)).isCloseTo(0.84119199, within(5e-9));
            assertThat(Nonlinearity.value(4, -3)).isCloseTo(-0.00404969, within(5e-9));
            assertThat(Nonlinearity.value(5, -3)).isCloseTo(-0.00363739, within(5e-9));
            assertThat(Nonlinearity.value(2, 0)).isEqualTo(0.5);
            assertThat(Nonlinearity.slope(1, 0)).isZero();
        }

        @Test
        void error_function_has_the_values_of_tables() {
            assertThat(Nonlinearity.erf(0.5)).isCloseTo(0.5204998778130465, within(1e-15));
            assertThat(Nonlinearity.erf(-2)).isCloseTo(-0.9953222650189527, within(1e-15));
            assertThat(Nonlinearity.erf(5)).isCloseTo(0.9999999999984626, within(1e-15));
            assertThat(Nonlinearity.erf(7)).isEqualTo(1);
            assertThat(Nonlinearity.erf(Double.NaN)).isNaN();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5})
        void slopes_are_the_central_differences_of_the_values(int code) {
            for (double z = -4.05; z < 4; z += 0.3) {
                double difference = (Nonlinearity.value(code, z + 1e-5) - Nonlinearity.value(code, z - 1e-5)) / 2e-5;
                assertThat(Nonlinearity.slope(code, z)).as("z = %s", z).isCloseTo(difference, within(1e-9));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5})
        void keep_a_nan(int code) {
            assertThat(Nonlinearity.value(code, Double.NaN)).isNaN();
        }
    }

    @Nested
    class Forward {

        @Test
        void computes_the_absolute_value_with_two_opposite_units() {
            OracleTensor y = FfnOracle.forward(new float[] {-2.5f, 0, 3}, ABSOLUTE_VALUE, 1, new Size(3, 1, 2));

            assertThat(y.values()).containsExactly(2.5, 0, 3);
            assertThat(y.shape()).containsExactly(3, 1);
        }

        @Test
        void without_activation_is_the_product_of_the_matrices() {
            Weights w = new Weights(
                    new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 0, -1}, new float[] {1, 0, 2, 0, 1, 1}, null);

            OracleTensor y = FfnOracle.forward(new float[] {1, 10}, w, 0, new Size(1, 2, 3));

            // z = (21 + 1, 43, 65 - 1) = (22, 43, 64)
            assertThat(y.values()).containsExactly(22 + 2 * 64, 43 + 64);
            assertThat(y.conditionSums()).containsExactly(22 + 2 * 64, 43 + 64);
        }

        @Test
        void condition_sums_count_the_bias_and_ignore_signs() {
            Weights w = new Weights(new float[] {1}, null, new float[] {-3}, new float[] {5});

            OracleTensor y = FfnOracle.forward(new float[] {2}, w, 0, new Size(1, 1, 1));

            assertThat(y.values()).containsExactly(-1);
            assertThat(y.conditionSums()).containsExactly(11);
        }

        @Test
        void every_slip_changes_something() {
            float[] x = Inputs.of(1, "x").normals(3 * 4);
            // gelu, and more than 4 H hidden units, so that every slip has something to spoil
            Size size = new Size(12, 1, 5);
            double[] right = FfnOracle.forward(x, weights(size), 4, size).values();
            for (Slip slip : Slip.values()) {
                if (slip != Slip.NONE) {
                    assertThat(FfnOracle.forward(x, weights(size), 4, size, slip)
                                    .values())
                            .as("%s", slip)
                            .isNotEqualTo(right);
                }
            }
        }
    }

    @Nested
    class Backward {

        @Test
        void has_the_gradients_of_the_worked_example() {
            Gradients g =
                    FfnOracle.backward(new float[] {3, -2}, ABSOLUTE_VALUE, 1, new float[] {1, 1}, new Size(2, 1, 2));

            assertThat(g.dx().values()).containsExactly(1, -1);
            assertThat(g.dw1().values()).containsExactly(3, -2);
            assertThat(g.db1().values()).containsExactly(1, 1);
            assertThat(g.dw2().values()).containsExactly(3, 2);
            assertThat(g.db2().values()).containsExactly(2);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5})
        void equals_central_differences(int act) {
            Weights w = weights(SMALL);
            float[] x = Inputs.of(2, "x").normals(12);
            float[] dy = Inputs.of(2, "dy").normals(12);
            Gradients g = FfnOracle.backward(x, w, act, dy, SMALL);

            compare(g.dx(), x, () -> loss(x, w, act, dy));
            compare(g.dw1(), w.w1(), () -> loss(x, w, act, dy));
            compare(g.db1(), bias(w.b1()), () -> loss(x, w, act, dy));
            compare(g.dw2(), w.w2(), () -> loss(x, w, act, dy));
            compare(g.db2(), bias(w.b2()), () -> loss(x, w, act, dy));
        }

        @Test
        void every_slip_changes_something() {
            Weights w = weights(SMALL);
            float[] x = Inputs.of(3, "x").normals(12);
            float[] dy = Inputs.of(3, "dy").normals(12);
            double[] right = FfnOracle.backward(x, w, 1, dy, SMALL).db1().values();
            for (BackwardSlip slip : BackwardSlip.values()) {
                // relu is its own fixed point: the slope at the output equals the slope, so that slip shows with gelu
                int act = slip == BackwardSlip.SLOPE_OF_OUTPUT ? 4 : 1;
                if (slip != BackwardSlip.NONE) {
                    assertThat(FfnOracle.backward(x, w, act, dy, SMALL, slip)
                                    .db1()
                                    .values())
                            .as("%s", slip)
                            .isNotEqualTo(right);
                }
            }
        }

        private float[] bias(float[] values) {
            assertThat(values).isNotNull();
            return values;
        }

        private double loss(float[] x, Weights w, int act, float[] dy) {
            double[] y = FfnOracle.forward(x, w, act, SMALL).values();
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += y[i] * dy[i];
            }
            return sum;
        }

        /** Moves each parameter by a power of two that floats of this size hold exactly enough. */
        private void compare(OracleTensor gradient, float[] parameter, java.util.function.DoubleSupplier loss) {
            for (int i = 0; i < parameter.length; i++) {
                float kept = parameter[i];
                parameter[i] = kept + 0x1p-12f;
                double above = loss.getAsDouble();
                float high = parameter[i];
                parameter[i] = kept - 0x1p-12f;
                double below = loss.getAsDouble();
                float low = parameter[i];
                parameter[i] = kept;
                assertThat(gradient.values()[i])
                        .as("%s[%d]", gradient.name(), i)
                        .isCloseTo((above - below) / ((double) high - low), within(2e-5));
            }
        }
    }
}
