package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.ptx.isa.Inputs.Direction;

class FloatMathTests {

    private static final float[] A = Inputs.floats(400);

    private interface Binary {
        float of(float a, float b);
    }

    private interface Exact {
        BigDecimal of(BigDecimal a, BigDecimal b);
    }

    @Nested
    class Directed_rounding {

        @Test
        void of_sums_and_differences_is_that_of_the_exact_value() {
            check("add", Direction.ZERO, FloatMath::add_rz_f32, BigDecimal::add);
            check("add", Direction.DOWN, FloatMath::add_rm_f32, BigDecimal::add);
            check("add", Direction.UP, FloatMath::add_rp_f32, BigDecimal::add);
            check("sub", Direction.ZERO, FloatMath::sub_rz_f32, BigDecimal::subtract);
            check("sub", Direction.DOWN, FloatMath::sub_rm_f32, BigDecimal::subtract);
            check("sub", Direction.UP, FloatMath::sub_rp_f32, BigDecimal::subtract);
        }

        @Test
        void of_products_is_that_of_the_exact_value() {
            check("mul", Direction.NEAREST, FloatMath::mul_rn_f32, BigDecimal::multiply);
            check("mul", Direction.ZERO, FloatMath::mul_rz_f32, BigDecimal::multiply);
            check("mul", Direction.DOWN, FloatMath::mul_rm_f32, BigDecimal::multiply);
            check("mul", Direction.UP, FloatMath::mul_rp_f32, BigDecimal::multiply);
        }

        @Test
        void of_an_exactly_zero_sum_is_negative_only_when_rounding_down() {
            assertThat(FloatMath.add_rm_f32(1, -1)).isEqualTo(-0.0f);
            assertThat(FloatMath.add_rm_f32(0.0f, -0.0f)).isEqualTo(-0.0f);
            assertThat(FloatMath.add_rm_f32(0.0f, 0.0f)).isEqualTo(0.0f);
            assertThat(FloatMath.sub_rm_f32(2, 2)).isEqualTo(-0.0f);
            assertThat(FloatMath.add_rp_f32(1, -1)).isEqualTo(0.0f);
            assertThat(FloatMath.add_rz_f32(-0.0f, -0.0f)).isEqualTo(-0.0f);
            assertThat(FloatMath.fma_rm_f32(1, 1, -1)).isEqualTo(-0.0f);
        }

        private void check(String name, Direction direction, Binary helper, Exact operation) {
            for (float a : A) {
                for (float b : A) {
                    if (!FloatMath.testp_finite_f32(a) || !FloatMath.testp_finite_f32(b)) {
                        continue;
                    }
                    BigDecimal exact = operation.of(new BigDecimal(a), new BigDecimal(b));
                    if (exact.signum() == 0) {
                        continue;
                    }
                    float expected = Inputs.toFloat(exact, direction);
                    float actual = helper.of(a, b);
                    if (Float.floatToRawIntBits(actual) != Float.floatToRawIntBits(expected)) {
                        assertThat(actual).as("%s %s of %s and %s", name, direction, a, b).isEqualTo(expected);
                    }
                }
            }
        }
    }
}
