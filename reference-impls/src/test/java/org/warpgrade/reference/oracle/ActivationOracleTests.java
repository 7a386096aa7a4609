package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationOracleTests {

    private static final Offset<Double> EIGHTH_DIGIT = within(5e-9);

    @Nested
    class Published_values {

        @ParameterizedTest
        @CsvSource({
            "4, 1, 0.84134475", // the curriculum's printed values
            "5, 1, 0.84119199",
            "4, -3, -0.00404969",
            "5, -3, -0.00363739",
            "2, 0, 0.5",
            "2, 1, 0.73105858",
            "3, 1, 0.76159416",
            "1, -2, 0",
            "1, 2, 2",
            "0, -2, -2"
        })
        void of_the_functions(int kind, double x, double expected) {
            assertThat(ActivationOracle.value(kind, x)).isEqualTo(expected, EIGHTH_DIGIT);
        }

        @ParameterizedTest
        @CsvSource({
            "1, 0, 0", // the curriculum: relu'(0) = 0
            "1, 3, 1",
            "2, 0, 0.25",
            "3, 0, 1",
            "4, 0, 0.5",
            "5, 0, 0.5",
            "4, 1, 1.08331547", // Phi(1) + phi(1) = 0.84134475 + 0.24197072
            "0, -7, 1"
        })
        void of_the_slopes(int kind, double x, double expected) {
            assertThat(ActivationOracle.slope(kind, x)).isEqualTo(expected, EIGHTH_DIGIT);
        }

        @ParameterizedTest
        @CsvSource({"0, 0.5", "1.959963985, 0.975", "-1.644853627, 0.05", "3, 0.998650102"})
        void of_the_normal_distribution(double z, double expected) {
            assertThat(ActivationOracle.phi(z)).isEqualTo(expected, EIGHTH_DIGIT);
        }
    }

    @Nested
    class Slopes {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5})
        void are_the_central_differences_of_the_function(int kind) {
            double h = 1e-5;
            for (double x = -8.02; x < 8; x += 0.11) {
                double difference =
                        (ActivationOracle.value(kind, x + h) - ActivationOracle.value(kind, x - h)) / (2 * h);
                assertThat(ActivationOracle.slope(kind, x)).as("at " + x).isEqualTo(difference, within(1e-9));
            }
        }

        @Test
        void multiply_dy_going_back() {
            OracleTensor dx = ActivationOracle.backward(2, new float[] {0, 0}, new float[] {4, -8});

            assertThat(dx.values()).containsExactly(1, -2);
        }
    }

    @Nested
    class Far_out {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5})
        void nothing_finite_gives_a_nan(int kind) {
            for (double x : new double[] {-1e4, -88.8, 88.8, 1e4}) {
                assertThat(ActivationOracle.value(kind, x)).isFinite();
                assertThat(ActivationOracle.slope(kind, x)).isFinite();
            }
        }

        @Test
        void sigmoid_and_tanh_reach_their_limits() {
            assertThat(ActivationOracle.value(2, 1e4)).isEqualTo(1);
            assertThat(ActivationOracle.value(2, -1e4)).isEqualTo(0);
            assertThat(ActivationOracle.value(2, Double.NEGATIVE_INFINITY)).isEqualTo(0);
            assertThat(ActivationOracle.value(3, Double.POSITIVE_INFINITY)).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5})
        void a_nan_stays_one(int kind) {
            assertThat(ActivationOracle.value(kind, Double.NaN)).isNaN();
        }
    }

    @Test
    void the_two_gelus_differ_most_near_2_7() {
        double largest = 0;
        double where = 0;
        for (double x = 0; x < 6; x += 0.001) {
            double difference = Math.abs(ActivationOracle.value(4, x) - ActivationOracle.value(5, x));
            if (difference > largest) {
                largest = difference;
                where = x;
            }
        }
        assertThat(largest).isEqualTo(4.7e-4, within(5e-6));
        assertThat(where).isEqualTo(2.7, within(0.02));
        assertThat(ActivationOracle.geluTanh(where, 0.044715)).isEqualTo(ActivationOracle.value(5, where));
    }
}
