package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ApproximationsTests {

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final int SAMPLES = 40_000;

    private interface Function {
        float of(float a);
    }

    @Nested
    class Errors_stay_within_the_bounds_of_the_ISA {

        @Test
        void in_ex2() {
            // The ISA allows 2 ulp; a rounded double result stays near half an ulp, subnormals included.
            assertUlps(Approximations::ex2_approx_f32, x -> StrictMath.pow(2, x), -150, 128, 0.51);
        }

        @Test
        void in_lg2() {
            DoubleUnaryOperator log2 = x -> StrictMath.log(x) / StrictMath.log(2);
            assertUlps(Approximations::lg2_approx_f32, log2, Float.MIN_VALUE, Float.MIN_NORMAL, 0.51);
            assertUlps(Approximations::lg2_approx_f32, log2, Float.MIN_NORMAL, 0.98f, 0.51);
            assertUlps(Approximations::lg2_approx_f32, log2, 1.02f, Float.MAX_VALUE, 0.51);
            // Next to 1, log(x) from StrictMath needs help to judge relative errors.
            DoubleUnaryOperator near = x -> StrictMath.log1p(x - 1) / StrictMath.log(2);
            assertUlps(Approximations::lg2_approx_f32, near, 0.98f, 1.02f, 0.51);
        }

        @Test
        void in_rsqrt_rcp_and_sqrt() {
            assertUlps(Approximations::rsqrt_approx_f32, x -> 1 / Math.sqrt(x), Float.MIN_VALUE, Float.MAX_VALUE, 0.51);
            assertUlps(Approximations::rcp_approx_f32, x -> 1 / x, 0x1p-126f, Float.MAX_VALUE, 0.51);
            assertUlps(Approximations::sqrt_approx_f32, Math::sqrt, Float.MIN_VALUE, Float.MAX_VALUE, 0.51);
        }

        @Test
        void in_sine_and_cosine_over_the_whole_range() {
            assertUlps(Approximations::sin_approx_f32, StrictMath::sin, -6.3f, 6.3f, 0.51);
            assertUlps(Approximations::cos_approx_f32, StrictMath::cos, -6.3f, 6.3f, 0.51);
            assertUlps(Approximations::sin_approx_f32, StrictMath::sin, 6.3f, 1e7f, 0.51);
            assertUlps(Approximations::cos_approx_f32, StrictMath::cos, 6.3f, 1e7f, 0.51);
            assertUlps(Approximations::sin_approx_f32, StrictMath::sin, Float.MIN_VALUE, 0x1p-20f, 0.51);
        }

        @Test
        void in_the_hyperbolic_tangent() {
            assertUlps(Approximations::tanh_approx_f32, StrictMath::tanh, -12, 12, 0.51);
            assertUlps(Approximations::tanh_approx_f32, StrictMath::tanh, Float.MIN_VALUE, 0x1p-10f, 0.51);
        }

        @Test
        void in_the_gross_reciprocals_of_doubles() {
            for (double a : Inputs.doubles(20_000)) {
                if (!(Math.abs(a) > 0x1p-1000 && Math.abs(a) < 0x1p1000)) {
                    continue;
                }
                double reciprocal = Approximations.rcp_approx_ftz_f64(a);
                assertThat(Math.abs(reciprocal * a - 1)).as("rcp %s", a).isLessThan(0x1p-19);
                assertThat((int) Double.doubleToRawLongBits(reciprocal)).isZero();
                double root = Approximations.rsqrt_approx_ftz_f64(Math.abs(a));
                assertThat(Math.abs(root * root * Math.abs(a) - 1))
                        .as("rsqrt %s", a)
                        .isLessThan(0x1p-18);
                assertThat((int) Double.doubleToRawLongBits(root)).isZero();
                double fine = Approximations.rsqrt_approx_f64(Math.abs(a));
                assertThat(Math.abs(fine * fine * Math.abs(a) - 1))
                        .as("rsqrt %s", a)
                        .isLessThan(0x1p-50);
            }
        }

        /** Samples that are even in the value for half and in the bit patterns for the other half. */
        private void assertUlps(Function function, DoubleUnaryOperator exact, float from, float to, double bound) {
            SplittableRandom random = new SplittableRandom(42);
            for (int i = 0; i < SAMPLES; i++) {
                float x = (i & 1) == 0 || from < 0
                        ? (float) random.nextDouble(from, to)
                        : Float.intBitsToFloat(
                                random.nextInt(Float.floatToRawIntBits(from), Float.floatToRawIntBits(to)));
                double expected = exact.applyAsDouble(x);
                float actual = function.of(x);
                double error = Math.abs(actual - expected) / Math.ulp((float) expected);
                if (!(error <= bound)) {
                    assertThat(error)
                            .as("error in ulp at %s: %s instead of %s", x, actual, expected)
                            .isLessThanOrEqualTo(bound);
                }
            }
        }
    }

    @Nested
    class Special_values_are_those_of_the_tables {

        @Test
        void of_ex2() {
            check(Approximations::ex2_approx_f32, -INFINITY, 0.0f, -0.0f, 1, 0.0f, 1, INFINITY, INFINITY);
            check(Approximations::ex2_approx_f32, 3, 8, -149, Float.MIN_VALUE, -151, 0, 128, INFINITY, -126, 0x1p-126f);
            assertThat(Approximations.ex2_approx_f32(Float.NaN)).isNaN();
        }

        @Test
        void of_lg2() {
            check(Approximations::lg2_approx_f32, 0.0f, -INFINITY, -0.0f, -INFINITY, INFINITY, INFINITY, 1, 0.0f, 8, 3);
            check(Approximations::lg2_approx_f32, Float.MIN_VALUE, -149, 0.5f, -1);
            assertThat(Approximations.lg2_approx_f32(-1)).isNaN();
            assertThat(Approximations.lg2_approx_f32(-INFINITY)).isNaN();
            assertThat(Approximations.lg2_approx_f32(Float.NaN)).isNaN();
        }

        @Test
        void of_rsqrt_rcp_and_sqrt() {
            check(Approximations::rsqrt_approx_f32, 0.0f, INFINITY, -0.0f, -INFINITY, INFINITY, 0.0f, 4, 0.5f);
            assertThat(Approximations.rsqrt_approx_f32(-1)).isNaN();
            check(Approximations::rcp_approx_f32, 0.0f, INFINITY, -0.0f, -INFINITY, -INFINITY, -0.0f, 4, 0.25f);
            check(Approximations::sqrt_approx_f32, 0.0f, 0.0f, -0.0f, -0.0f, INFINITY, INFINITY, 4, 2);
            assertThat(Approximations.sqrt_approx_f32(-1)).isNaN();
        }

        @Test
        void of_sine_cosine_and_tangent() {
            check(Approximations::sin_approx_f32, 0.0f, 0.0f, -0.0f, -0.0f, Float.MIN_VALUE, Float.MIN_VALUE);
            check(Approximations::cos_approx_f32, 0.0f, 1, -0.0f, 1);
            check(Approximations::tanh_approx_f32, 0.0f, 0.0f, -0.0f, -0.0f, INFINITY, 1, -INFINITY, -1);
            for (float x : new float[] {INFINITY, -INFINITY, Float.NaN}) {
                assertThat(Approximations.sin_approx_f32(x)).isNaN();
                assertThat(Approximations.cos_approx_f32(x)).isNaN();
            }
            assertThat(Approximations.tanh_approx_f32(Float.NaN)).isNaN();
        }

        @Test
        void of_approximate_division_with_a_huge_divisor() {
            float huge = 0x1.8p126f;
            assertThatObject(Approximations.div_approx_f32(huge, huge)).isEqualTo(0.0f);
            assertThatObject(Approximations.div_approx_f32(-1, huge)).isEqualTo(-0.0f);
            assertThat(Approximations.div_approx_f32(INFINITY, huge)).isNaN();
            assertThat(Approximations.div_approx_f32(1, 0x1p126f)).isEqualTo(0x1p-126f);
            assertThat(Approximations.div_approx_f32(1, 0)).isEqualTo(INFINITY);
            assertThatObject(Approximations.div_approx_f32(1, INFINITY)).isEqualTo(0.0f);
            assertThat(Approximations.div_approx_f32(3, Float.NaN)).isNaN();
            assertThat(Approximations.div_full_f32(huge, huge)).isEqualTo(1);
        }

        @Test
        void of_the_gross_reciprocals_of_doubles() {
            assertThat(Approximations.rcp_approx_ftz_f64(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(Approximations.rcp_approx_ftz_f64(Double.MIN_VALUE)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThatObject(Approximations.rcp_approx_ftz_f64(-0x1p1023)).isEqualTo(-0.0);
            assertThat(Double.doubleToRawLongBits(Approximations.rcp_approx_ftz_f64(Double.NaN)))
                    .isEqualTo(0x7FFF_FFFF_0000_0000L);
            assertThat(Approximations.rsqrt_approx_ftz_f64(-Double.MIN_VALUE)).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThatObject(Approximations.rsqrt_approx_ftz_f64(Double.POSITIVE_INFINITY))
                    .isEqualTo(0.0);
            assertThat(Double.doubleToRawLongBits(Approximations.rsqrt_approx_ftz_f64(-1)))
                    .isEqualTo(0x7FFF_FFFF_0000_0000L);
        }

        private void check(Function function, float... inputsAndResults) {
            for (int i = 0; i < inputsAndResults.length; i += 2) {
                assertThatObject(function.of(inputsAndResults[i]))
                        .as("of %s", inputsAndResults[i])
                        .isEqualTo(inputsAndResults[i + 1]);
            }
        }
    }
}
