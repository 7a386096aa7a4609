package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.ptx.isa.Inputs.Direction;

class FloatMathTests {

    private static final float[] VALUES = Inputs.floats(90);
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private interface Binary {
        float of(float a, float b);
    }

    private interface Ternary {
        float of(float a, float b, float c);
    }

    private interface Exact {
        BigDecimal of(BigDecimal a, BigDecimal b);
    }

    @Nested
    class Rounding_is_that_of_the_exact_value {

        @Test
        void in_sums_and_differences() {
            check("add", Direction.NEAREST, FloatMath::add_rn_f32, BigDecimal::add);
            check("add", Direction.ZERO, FloatMath::add_rz_f32, BigDecimal::add);
            check("add", Direction.DOWN, FloatMath::add_rm_f32, BigDecimal::add);
            check("add", Direction.UP, FloatMath::add_rp_f32, BigDecimal::add);
            check("sub", Direction.NEAREST, FloatMath::sub_rn_f32, BigDecimal::subtract);
            check("sub", Direction.ZERO, FloatMath::sub_rz_f32, BigDecimal::subtract);
            check("sub", Direction.DOWN, FloatMath::sub_rm_f32, BigDecimal::subtract);
            check("sub", Direction.UP, FloatMath::sub_rp_f32, BigDecimal::subtract);
        }

        @Test
        void in_products() {
            check("mul", Direction.NEAREST, FloatMath::mul_rn_f32, BigDecimal::multiply);
            check("mul", Direction.ZERO, FloatMath::mul_rz_f32, BigDecimal::multiply);
            check("mul", Direction.DOWN, FloatMath::mul_rm_f32, BigDecimal::multiply);
            check("mul", Direction.UP, FloatMath::mul_rp_f32, BigDecimal::multiply);
        }

        @Test
        void in_quotients() {
            check("div", Direction.NEAREST, FloatMath::div_rn_f32, FloatMathTests::quotient);
            check("div", Direction.ZERO, FloatMath::div_rz_f32, FloatMathTests::quotient);
            check("div", Direction.DOWN, FloatMath::div_rm_f32, FloatMathTests::quotient);
            check("div", Direction.UP, FloatMath::div_rp_f32, FloatMathTests::quotient);
        }

        @Test
        void in_reciprocals() {
            for (float a : VALUES) {
                if (a != 0 && FloatMath.testp_finite_f32(a)) {
                    BigDecimal exact = quotient(BigDecimal.ONE, new BigDecimal(a));
                    assertBits(FloatMath.rcp_rn_f32(a), Inputs.toFloat(exact, Direction.NEAREST), "rcp.rn", a, 1, 0);
                    assertBits(FloatMath.rcp_rz_f32(a), Inputs.toFloat(exact, Direction.ZERO), "rcp.rz", a, 1, 0);
                    assertBits(FloatMath.rcp_rm_f32(a), Inputs.toFloat(exact, Direction.DOWN), "rcp.rm", a, 1, 0);
                    assertBits(FloatMath.rcp_rp_f32(a), Inputs.toFloat(exact, Direction.UP), "rcp.rp", a, 1, 0);
                }
            }
        }

        @Test
        void in_fused_multiply_add() {
            check("fma", Direction.NEAREST, FloatMath::fma_rn_f32);
            check("fma", Direction.ZERO, FloatMath::fma_rz_f32);
            check("fma", Direction.DOWN, FloatMath::fma_rm_f32);
            check("fma", Direction.UP, FloatMath::fma_rp_f32);
        }

        @Test
        void in_square_roots() {
            for (float value : Inputs.floats(5000)) {
                float a = Math.abs(value);
                if (a == 0 || !FloatMath.testp_finite_f32(a)) {
                    continue;
                }
                float down = FloatMath.sqrt_rm_f32(a);
                float up = FloatMath.sqrt_rp_f32(a);
                assertThat(square(down)).as("down %s", a).isLessThanOrEqualTo(new BigDecimal(a));
                assertThat(square(Math.nextUp(down))).as("down %s", a).isGreaterThan(new BigDecimal(a));
                assertThat(square(up)).as("up %s", a).isGreaterThanOrEqualTo(new BigDecimal(a));
                assertThat(square(Math.nextDown(up))).as("up %s", a).isLessThan(new BigDecimal(a));
                assertThat(FloatMath.sqrt_rz_f32(a)).isEqualTo(down);
                BigDecimal middle = new BigDecimal(down).add(new BigDecimal(up)).divide(BigDecimal.TWO);
                boolean nearerDown = middle.multiply(middle).compareTo(new BigDecimal(a)) > 0;
                assertThat(FloatMath.sqrt_rn_f32(a)).isEqualTo(nearerDown ? down : up);
            }
        }

        private BigDecimal square(float value) {
            return new BigDecimal(value).multiply(new BigDecimal(value));
        }

        private void check(String name, Direction direction, Binary helper, Exact operation) {
            for (float a : VALUES) {
                for (float b : VALUES) {
                    boolean defined = !name.equals("div") || b != 0;
                    if (defined && FloatMath.testp_finite_f32(a) && FloatMath.testp_finite_f32(b)) {
                        BigDecimal exact = operation.of(new BigDecimal(a), new BigDecimal(b));
                        if (exact.signum() != 0) {
                            assertBits(helper.of(a, b), Inputs.toFloat(exact, direction), name + direction, a, b, 0);
                        }
                    }
                }
            }
        }

        private void check(String name, Direction direction, Ternary helper) {
            for (int i = 0; i < VALUES.length * VALUES.length; i++) {
                float a = VALUES[i % VALUES.length];
                float b = VALUES[i / VALUES.length];
                float product = a * b;
                float c = switch (i % 3) {
                    case 0 -> VALUES[(i * 7 + 3) % VALUES.length];
                    case 1 -> Math.nextUp(-product);
                    default -> product * 0x1p-26f;
                };
                if (FloatMath.testp_finite_f32(a) && FloatMath.testp_finite_f32(b) && FloatMath.testp_finite_f32(c)) {
                    BigDecimal exact =
                            new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
                    if (exact.signum() != 0) {
                        assertBits(helper.of(a, b, c), Inputs.toFloat(exact, direction), name + direction, a, b, c);
                    }
                }
            }
        }

        private void assertBits(float actual, float expected, String what, float a, float b, float c) {
            if (Float.floatToRawIntBits(actual) != Float.floatToRawIntBits(expected)) {
                assertThatObject(actual).as("%s of %s, %s, %s", what, a, b, c).isEqualTo(expected);
            }
        }
    }

    @Nested
    class An_exactly_zero_sum {

        @Test
        void is_negative_only_when_rounding_down_or_when_both_terms_are() {
            assertThatObject(FloatMath.add_rm_f32(1, -1)).isEqualTo(-0.0f);
            assertThatObject(FloatMath.add_rm_f32(0.0f, -0.0f)).isEqualTo(-0.0f);
            assertThatObject(FloatMath.add_rm_f32(0.0f, 0.0f)).isEqualTo(0.0f);
            assertThatObject(FloatMath.sub_rm_f32(2, 2)).isEqualTo(-0.0f);
            assertThatObject(FloatMath.add_rp_f32(1, -1)).isEqualTo(0.0f);
            assertThatObject(FloatMath.add_rz_f32(-0.0f, -0.0f)).isEqualTo(-0.0f);
            assertThatObject(FloatMath.fma_rm_f32(1, 1, -1)).isEqualTo(-0.0f);
            assertThatObject(FloatMath.fma_rm_f32(0, 1, 0)).isEqualTo(0.0f);
        }
    }

    @Nested
    class Special_values {

        @Test
        void of_infinities_and_NaN_do_not_depend_on_the_rounding() {
            for (String rounding : new String[] {"rn", "rz", "rm", "rp"}) {
                assertThat(binary("add_" + rounding, INFINITY, 1)).isEqualTo(INFINITY);
                assertThat(binary("add_" + rounding, INFINITY, -INFINITY)).isNaN();
                assertThat(binary("sub_" + rounding, 1, INFINITY)).isEqualTo(-INFINITY);
                assertThat(binary("mul_" + rounding, INFINITY, -2)).isEqualTo(-INFINITY);
                assertThat(binary("mul_" + rounding, INFINITY, 0)).isNaN();
                assertThat(binary("div_" + rounding, 1, 0)).isEqualTo(INFINITY);
                assertThat(binary("div_" + rounding, -1, 0)).isEqualTo(-INFINITY);
                assertThat(binary("div_" + rounding, 0, 0)).isNaN();
                assertThatObject(binary("div_" + rounding, -1, INFINITY)).isEqualTo(-0.0f);
                assertThat(binary("div_" + rounding, INFINITY, INFINITY)).isNaN();
                assertThat(unary("sqrt_" + rounding, -1)).isNaN();
                assertThatObject(unary("sqrt_" + rounding, -0.0f)).isEqualTo(-0.0f);
                assertThat(unary("sqrt_" + rounding, INFINITY)).isEqualTo(INFINITY);
                assertThat(unary("rcp_" + rounding, -0.0f)).isEqualTo(-INFINITY);
                assertThatObject(unary("rcp_" + rounding, -INFINITY)).isEqualTo(-0.0f);
                assertThat(unary("rcp_" + rounding, Float.NaN)).isNaN();
            }
        }

        private float unary(String name, float a) {
            return (Float) Helpers.call(name + "_f32", a);
        }

        private float binary(String name, float a, float b) {
            return (Float) Helpers.call(name + "_f32", a, b);
        }
    }

    @Nested
    class Minimum_and_maximum {

        @Test
        void ignore_one_NaN_and_make_two_canonical() {
            assertThat(FloatMath.min_f32(Float.NaN, 3)).isEqualTo(3);
            assertThat(FloatMath.max_f32(3, Float.NaN)).isEqualTo(3);
            assertThat(bits(FloatMath.min_f32(Float.NaN, Float.NaN))).isEqualTo(0x7FFF_FFFF);
            assertThat(bits(FloatMath.min_NaN_f32(Float.NaN, 3))).isEqualTo(0x7FFF_FFFF);
            assertThat(bits(FloatMath.max_NaN_f32(3, Float.NaN))).isEqualTo(0x7FFF_FFFF);
        }

        @Test
        void order_the_zeros() {
            assertThatObject(FloatMath.min_f32(0.0f, -0.0f)).isEqualTo(-0.0f);
            assertThatObject(FloatMath.max_f32(-0.0f, 0.0f)).isEqualTo(0.0f);
            assertThat(FloatMath.min_f32(-INFINITY, 1)).isEqualTo(-INFINITY);
        }

        @Test
        void with_xorsign_compare_magnitudes_and_multiply_signs() {
            assertThat(FloatMath.max_xorsign_abs_f32(-3, 2)).isEqualTo(-3);
            assertThat(FloatMath.max_xorsign_abs_f32(-3, -4)).isEqualTo(4);
            assertThat(FloatMath.min_xorsign_abs_f32(3, -2)).isEqualTo(-2);
            assertThat(bits(FloatMath.min_NaN_xorsign_abs_f32(-3, Float.NaN))).isEqualTo(0x7FFF_FFFF);
            assertThat(FloatMath.min_xorsign_abs_f32(-3, Float.NaN)).isEqualTo(-3);
        }

        @Test
        void of_three_take_them_in_turn() {
            assertThat(FloatMath.min3_f32(3, Float.NaN, 2)).isEqualTo(2);
            assertThat(FloatMath.max3_f32(3, 9, 2)).isEqualTo(9);
            assertThat(FloatMath.max3_NaN_f32(3, Float.NaN, 2)).isNaN();
        }
    }

    @Nested
    class Modifiers {

        @Test
        void ftz_flushes_subnormals_to_zero_of_their_sign() {
            assertThatObject(FloatMath.ftz_f32(Float.MIN_VALUE)).isEqualTo(0.0f);
            assertThatObject(FloatMath.ftz_f32(-0x1.fffffcp-127f)).isEqualTo(-0.0f);
            assertThat(FloatMath.ftz_f32(Float.MIN_NORMAL)).isEqualTo(Float.MIN_NORMAL);
            assertThat(FloatMath.ftz_f32(-INFINITY)).isEqualTo(-INFINITY);
            assertThat(FloatMath.ftz_f32(Float.NaN)).isNaN();
        }

        @Test
        void sat_clamps_to_the_unit_interval_and_drops_NaN_and_the_negative_zero() {
            assertThat(FloatMath.sat_f32(2)).isEqualTo(1);
            assertThatObject(FloatMath.sat_f32(-2)).isEqualTo(0.0f);
            assertThat(FloatMath.sat_f32(0.25f)).isEqualTo(0.25f);
            assertThat(bits(FloatMath.sat_f32(Float.NaN))).isZero();
            assertThat(bits(FloatMath.sat_f32(-0.0f))).isZero();
        }

        @Test
        void canonical_changes_only_NaN() {
            assertThat(bits(FloatMath.canonical_f32(Float.intBitsToFloat(0xFFC0_1234))))
                    .isEqualTo(0x7FFF_FFFF);
            assertThat(bits(FloatMath.canonical_f32(-0.0f))).isEqualTo(0x8000_0000);
        }
    }

    @Nested
    class Signs_and_classes {

        @Test
        void signs_are_bits() {
            assertThat(FloatMath.copysign_f32(-0.0f, 3)).isEqualTo(-3);
            assertThat(FloatMath.copysign_f32(1, -INFINITY)).isEqualTo(INFINITY);
            assertThatObject(FloatMath.neg_f32(0.0f)).isEqualTo(-0.0f);
            assertThatObject(FloatMath.abs_f32(-0.0f)).isEqualTo(0.0f);
            assertThat(bits(FloatMath.copysign_f32(-1, Float.intBitsToFloat(0x7FFF_FFFF))))
                    .isEqualTo(-1);
        }

        @Test
        void testp_sorts_every_kind_of_number() {
            assertThat(classes(0)).isEqualTo("finite number ");
            assertThat(classes(-1)).isEqualTo("finite number normal ");
            assertThat(classes(Float.MIN_VALUE)).isEqualTo("finite number subnormal ");
            assertThat(classes(-INFINITY)).isEqualTo("infinite number ");
            assertThat(classes(Float.NaN)).isEqualTo("notanumber ");
        }

        private String classes(float value) {
            StringBuilder classes = new StringBuilder();
            for (String name : new String[] {"finite", "infinite", "number", "notanumber", "normal", "subnormal"}) {
                if ((Boolean) Helpers.call("testp_" + name + "_f32", value)) {
                    classes.append(name).append(' ');
                }
                assertThat(Helpers.call(
                                "testp_" + name + "_f64",
                                Float.isFinite(value) && value == Float.MIN_VALUE ? Double.MIN_VALUE : (double) value))
                        .isEqualTo(Helpers.call("testp_" + name + "_f32", value));
            }
            return classes.toString();
        }
    }

    /** Two hundred digits and a sticky one: rounding it is rounding the exact quotient. */
    private static BigDecimal quotient(BigDecimal a, BigDecimal b) {
        BigDecimal truncated = a.divide(b, new MathContext(200, RoundingMode.DOWN));
        BigDecimal rest = a.subtract(truncated.multiply(b));
        BigDecimal sticky = truncated.ulp().movePointLeft(1).multiply(BigDecimal.valueOf(rest.signum() * b.signum()));
        return truncated.add(sticky);
    }

    private static int bits(float value) {
        return Float.floatToRawIntBits(value);
    }
}
