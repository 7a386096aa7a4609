package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.math.BigDecimal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.ptx.isa.Inputs.Direction;

class DoubleMathTests {

    private static final double[] VALUES = Inputs.doubles(50);
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private interface Binary {
        double of(double a, double b);
    }

    private interface Ternary {
        double of(double a, double b, double c);
    }

    private interface Exact {
        BigDecimal of(BigDecimal a, BigDecimal b);
    }

    @Nested
    class Rounding_is_that_of_the_exact_value {

        @Test
        void in_sums() {
            check("add", Direction.NEAREST, DoubleMath::add_rn_f64, BigDecimal::add);
            check("add", Direction.ZERO, DoubleMath::add_rz_f64, BigDecimal::add);
            check("add", Direction.DOWN, DoubleMath::add_rm_f64, BigDecimal::add);
            check("add", Direction.UP, DoubleMath::add_rp_f64, BigDecimal::add);
        }

        @Test
        void in_differences() {
            check("sub", Direction.NEAREST, DoubleMath::sub_rn_f64, BigDecimal::subtract);
            check("sub", Direction.ZERO, DoubleMath::sub_rz_f64, BigDecimal::subtract);
            check("sub", Direction.DOWN, DoubleMath::sub_rm_f64, BigDecimal::subtract);
            check("sub", Direction.UP, DoubleMath::sub_rp_f64, BigDecimal::subtract);
        }

        @Test
        void in_products() {
            check("mul", Direction.NEAREST, DoubleMath::mul_rn_f64, BigDecimal::multiply);
            check("mul", Direction.ZERO, DoubleMath::mul_rz_f64, BigDecimal::multiply);
            check("mul", Direction.DOWN, DoubleMath::mul_rm_f64, BigDecimal::multiply);
            check("mul", Direction.UP, DoubleMath::mul_rp_f64, BigDecimal::multiply);
        }

        @Test
        void in_quotients_as_the_bracketing_products_show() {
            for (double a : VALUES) {
                for (double b : VALUES) {
                    if (b == 0 || a == 0 || !Double.isFinite(a) || !Double.isFinite(b)) {
                        continue;
                    }
                    double down = DoubleMath.div_rm_f64(a, b);
                    double up = DoubleMath.div_rp_f64(a, b);
                    assertThat(compareQuotient(down, a, b)).as("%s / %s", a, b).isLessThanOrEqualTo(0);
                    assertThat(compareQuotient(up, a, b)).as("%s / %s", a, b).isGreaterThanOrEqualTo(0);
                    assertThat(up == down || up == Math.nextUp(down))
                            .as("%s / %s", a, b)
                            .isTrue();
                    assertThat(up == down).isEqualTo(compareQuotient(a / b, a, b) == 0);
                    assertThat(DoubleMath.div_rz_f64(a, b)).isEqualTo((a < 0) == (b < 0) ? down : up);
                    if (a == 1) {
                        assertThat(DoubleMath.rcp_rm_f64(b)).isEqualTo(down);
                        assertThat(DoubleMath.rcp_rp_f64(b)).isEqualTo(up);
                    }
                }
            }
        }

        /** Sign of (candidate - a / b). */
        private int compareQuotient(double candidate, double a, double b) {
            if (Double.isInfinite(candidate)) {
                return candidate > 0 ? 1 : -1;
            }
            int sign = new BigDecimal(candidate).multiply(new BigDecimal(b)).compareTo(new BigDecimal(a));
            return b < 0 ? -sign : sign;
        }

        @Test
        void in_fused_multiply_add() {
            check("fma", Direction.NEAREST, DoubleMath::fma_rn_f64);
            check("fma", Direction.ZERO, DoubleMath::fma_rz_f64);
            check("fma", Direction.DOWN, DoubleMath::fma_rm_f64);
            check("fma", Direction.UP, DoubleMath::fma_rp_f64);
        }

        @Test
        void in_square_roots() {
            for (double value : Inputs.doubles(1000)) {
                double a = Math.abs(value);
                if (a == 0 || !Double.isFinite(a)) {
                    continue;
                }
                double down = DoubleMath.sqrt_rm_f64(a);
                double up = DoubleMath.sqrt_rp_f64(a);
                assertThat(square(down)).as("down %s", a).isLessThanOrEqualTo(new BigDecimal(a));
                assertThat(square(Math.nextUp(down))).as("down %s", a).isGreaterThan(new BigDecimal(a));
                assertThat(square(up)).as("up %s", a).isGreaterThanOrEqualTo(new BigDecimal(a));
                assertThat(square(Math.nextDown(up))).as("up %s", a).isLessThan(new BigDecimal(a));
                assertThat(DoubleMath.sqrt_rz_f64(a)).isEqualTo(down);
                assertThat(DoubleMath.sqrt_rn_f64(a)).isBetween(down, up);
            }
        }

        private BigDecimal square(double value) {
            return new BigDecimal(value).multiply(new BigDecimal(value));
        }

        private void check(String name, Direction direction, Binary helper, Exact operation) {
            for (double a : VALUES) {
                for (double b : VALUES) {
                    if (Double.isFinite(a) && Double.isFinite(b)) {
                        BigDecimal exact = operation.of(new BigDecimal(a), new BigDecimal(b));
                        if (exact.signum() != 0) {
                            assertBits(helper.of(a, b), Inputs.toDouble(exact, direction), name + direction, a, b, 0);
                        }
                    }
                }
            }
        }

        private void check(String name, Direction direction, Ternary helper) {
            for (int i = 0; i < VALUES.length * VALUES.length; i++) {
                double a = VALUES[i % VALUES.length];
                double b = VALUES[i / VALUES.length];
                double product = a * b;
                double c = switch (i % 3) {
                    case 0 -> VALUES[(i * 7 + 3) % VALUES.length];
                    case 1 -> Math.nextUp(-product);
                    default -> product * 0x1p-56;
                };
                if (Double.isFinite(a) && Double.isFinite(b) && Double.isFinite(c)) {
                    BigDecimal exact =
                            new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
                    if (exact.signum() != 0) {
                        assertBits(helper.of(a, b, c), Inputs.toDouble(exact, direction), name + direction, a, b, c);
                    }
                }
            }
        }

        private void assertBits(double actual, double expected, String what, double a, double b, double c) {
            if (Double.doubleToRawLongBits(actual) != Double.doubleToRawLongBits(expected)) {
                assertThatObject(actual).as("%s of %s, %s, %s", what, a, b, c).isEqualTo(expected);
            }
        }
    }

    @Nested
    class Special_values {

        @Test
        void of_zeros_infinities_and_NaN() {
            assertThatObject(DoubleMath.add_rm_f64(1, -1)).isEqualTo(-0.0);
            assertThatObject(DoubleMath.fma_rm_f64(1, 1, -1)).isEqualTo(-0.0);
            assertThatObject(DoubleMath.fma_rm_f64(0, 1, 0)).isEqualTo(0.0);
            for (String rounding : new String[] {"rn", "rz", "rm", "rp"}) {
                assertThat(binary("add_" + rounding, INFINITY, 1)).isEqualTo(INFINITY);
                assertThat(binary("add_" + rounding, INFINITY, -INFINITY)).isNaN();
                assertThat(binary("mul_" + rounding, INFINITY, -2)).isEqualTo(-INFINITY);
                assertThat(binary("mul_" + rounding, INFINITY, 0)).isNaN();
                assertThat(binary("div_" + rounding, -1, 0)).isEqualTo(-INFINITY);
                assertThat(binary("div_" + rounding, 0, 0)).isNaN();
                assertThatObject(binary("div_" + rounding, -1, INFINITY)).isEqualTo(-0.0);
                assertThat((Double) Helpers.call("sqrt_" + rounding + "_f64", -1.0))
                        .isNaN();
                assertThat((Double) Helpers.call("sqrt_" + rounding + "_f64", INFINITY))
                        .isEqualTo(INFINITY);
                assertThat((Double) Helpers.call("fma_" + rounding + "_f64", INFINITY, 1.0, -INFINITY))
                        .isNaN();
            }
        }

        @Test
        void of_minimum_maximum_saturation_and_sign() {
            assertThat(DoubleMath.min_f64(Double.NaN, 3)).isEqualTo(3);
            assertThatObject(DoubleMath.max_f64(-0.0, 0.0)).isEqualTo(0.0);
            assertThat(DoubleMath.copysign_f64(-0.0, 3)).isEqualTo(-3);
            assertThatObject(DoubleMath.neg_f64(0.0)).isEqualTo(-0.0);
            assertThat(DoubleMath.abs_f64(-2)).isEqualTo(2);
            assertThat(Double.doubleToRawLongBits(DoubleMath.max_f64(Double.NaN, Double.NaN)))
                    .isEqualTo(0xFFF8_0000_0000_0000L);
        }

        private double binary(String name, double a, double b) {
            return (Double) Helpers.call(name + "_f64", a, b);
        }
    }
}
