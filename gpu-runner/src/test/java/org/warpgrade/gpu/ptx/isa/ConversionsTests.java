package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.ptx.isa.Inputs.Direction;

class ConversionsTests {

    private static final long[] VALUES = Inputs.longs(150).toArray();
    private static final Map<String, Direction> DIRECTIONS =
            Map.of("rn", Direction.NEAREST, "rz", Direction.ZERO, "rm", Direction.DOWN, "rp", Direction.UP);
    private static final Map<String, RoundingMode> INTEGER_ROUNDINGS = Map.of(
            "rni", RoundingMode.HALF_EVEN,
            "rzi", RoundingMode.DOWN,
            "rmi", RoundingMode.FLOOR,
            "rpi", RoundingMode.CEILING);

    @Nested
    class Between_integers {

        @Test
        void wrap_or_with_sat_clamp() {
            for (IntegerKind to : IntegerKind.ALL_AND_BYTES) {
                for (IntegerKind from : IntegerKind.ALL_AND_BYTES) {
                    Method wrapping = Helpers.named("cvt_" + to + "_" + from);
                    Method clamping = Helpers.named("cvt_sat_" + to + "_" + from);
                    for (long value : VALUES) {
                        BigInteger number = from.number(value);
                        Object register = from.register(value);
                        assertSame(Helpers.call(wrapping, register), to.result(number), wrapping, register);
                        BigInteger clamped = number.max(to.least()).min(to.greatest());
                        assertSame(Helpers.call(clamping, register), to.result(clamped), clamping, register);
                    }
                }
            }
        }
    }

    @Nested
    class From_floats_to_integers {

        @Test
        void round_and_clamp() {
            for (IntegerKind to : IntegerKind.ALL_AND_BYTES) {
                INTEGER_ROUNDINGS.forEach((rounding, mode) -> {
                    Method fromFloat = Helpers.named("cvt_" + rounding + "_" + to + "_f32");
                    for (float value : Inputs.floats(300)) {
                        check(fromFloat, to, mode, value, value);
                    }
                    Method fromDouble = Helpers.named("cvt_" + rounding + "_" + to + "_f64");
                    for (double value : Inputs.doubles(300)) {
                        check(fromDouble, to, mode, value, value);
                    }
                    Method fromHalf = Helpers.named("cvt_" + rounding + "_" + to + "_f16");
                    Method fromBfloat = Helpers.named("cvt_" + rounding + "_" + to + "_bf16");
                    for (int bits = 0; bits < 0x1_0000; bits += 97) {
                        check(fromHalf, to, mode, SmallFloat.F16.fullValue(bits), bits);
                        check(fromBfloat, to, mode, SmallFloat.BF16.fullValue(bits), bits);
                    }
                });
            }
        }

        private void check(Method helper, IntegerKind to, RoundingMode mode, double value, Object register) {
            BigInteger expected;
            if (Double.isNaN(value)) {
                boolean topBit = to.bits() == 64 || register instanceof Double;
                expected = topBit ? BigInteger.ONE.shiftLeft(to.bits() - 1) : BigInteger.ZERO;
            } else if (Double.isInfinite(value)) {
                expected = value > 0 ? to.greatest() : to.least();
            } else {
                BigInteger rounded = new BigDecimal(value).setScale(0, mode).toBigInteger();
                expected = rounded.max(to.least()).min(to.greatest());
            }
            assertSame(Helpers.call(helper, register), to.result(expected), helper, register);
        }
    }

    @Nested
    class From_integers_to_floats {

        @Test
        void round_the_exact_number() {
            for (IntegerKind from : IntegerKind.ALL_AND_BYTES) {
                DIRECTIONS.forEach((rounding, direction) -> {
                    Method toFloat = Helpers.named("cvt_" + rounding + "_f32_" + from);
                    Method toDouble = Helpers.named("cvt_" + rounding + "_f64_" + from);
                    Method toHalf = Helpers.named("cvt_" + rounding + "_f16_" + from);
                    Method toBfloat = Helpers.named("cvt_" + rounding + "_bf16_" + from);
                    for (long value : VALUES) {
                        Object register = from.register(value);
                        BigDecimal exact = new BigDecimal(from.number(value));
                        boolean zero = exact.signum() == 0;
                        float single = zero ? 0.0f : Inputs.toFloat(exact, direction);
                        double twice = zero ? 0.0 : Inputs.toDouble(exact, direction);
                        int half = zero ? 0 : SmallFloat.F16.round(exact, direction);
                        int bfloat = zero ? 0 : SmallFloat.BF16.round(exact, direction);
                        assertSame(Helpers.call(toFloat, register), single, toFloat, register);
                        assertSame(Helpers.call(toDouble, register), twice, toDouble, register);
                        assertSame(Helpers.call(toHalf, register), half, toHalf, register);
                        assertSame(Helpers.call(toBfloat, register), bfloat, toBfloat, register);
                    }
                });
            }
        }
    }

    @Nested
    class Between_floats {

        @Test
        void narrowing_rounds_the_exact_value() {
            DIRECTIONS.forEach((rounding, direction) -> {
                for (double value : Inputs.doubles(600)) {
                    float single = (float) value;
                    // Also ties, and doubles a hair beside them.
                    double tie = single + (Math.nextUp(single) - (double) single) / 2;
                    for (double input : new double[] {value, single, tie, Math.nextUp(tie), Math.nextDown(tie)}) {
                        checkDouble(rounding, direction, input);
                    }
                }
                for (float value : Inputs.floats(600)) {
                    checkFloat(rounding, direction, value);
                    float cut = Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xFFFF_8000);
                    checkFloat(rounding, direction, cut);
                    checkFloat(rounding, direction, Math.nextUp(cut));
                }
            });
        }

        private void checkDouble(String rounding, Direction direction, double input) {
            if (input == 0 || !Double.isFinite(input)) {
                return;
            }
            BigDecimal exact = new BigDecimal(input);
            Method toFloat = Helpers.named("cvt_" + rounding + "_f32_f64");
            assertSame(Helpers.call(toFloat, input), Inputs.toFloat(exact, direction), toFloat, input);
            for (SmallFloat format : new SmallFloat[] {SmallFloat.F16, SmallFloat.BF16}) {
                Method toHalf = Helpers.named("cvt_" + rounding + "_" + format + "_f64");
                assertSame(Helpers.call(toHalf, input), format.round(exact, direction), toHalf, input);
            }
        }

        private void checkFloat(String rounding, Direction direction, float input) {
            if (input == 0 || !Float.isFinite(input)) {
                return;
            }
            for (SmallFloat format : new SmallFloat[] {SmallFloat.F16, SmallFloat.BF16}) {
                Method helper = Helpers.named("cvt_" + rounding + "_" + format + "_f32");
                assertSame(Helpers.call(helper, input), format.round(new BigDecimal(input), direction), helper, input);
            }
        }

        @Test
        void widening_every_16_bit_pattern_and_narrowing_it_again_is_exact() {
            for (SmallFloat format : new SmallFloat[] {SmallFloat.F16, SmallFloat.BF16}) {
                Method toFloat = Helpers.named("cvt_f32_" + format);
                Method toDouble = Helpers.named("cvt_f64_" + format);
                for (int bits = 0; bits < 0x1_0000; bits++) {
                    double expected = format.fullValue(bits);
                    assertSame(Helpers.call(toFloat, bits), (float) expected, toFloat, bits);
                    assertSame(Helpers.call(toDouble, bits), expected, toDouble, bits);
                }
                for (String rounding : DIRECTIONS.keySet()) {
                    Method narrow = Helpers.named("cvt_" + rounding + "_" + format + "_f32");
                    for (int bits = 0; bits < 0x1_0000; bits++) {
                        int expected = format.isNaN(bits) ? 0x7FFF : bits;
                        assertSame(Helpers.call(narrow, (float) format.fullValue(bits)), expected, narrow, bits);
                    }
                }
            }
        }

        @Test
        void to_integral_values_keep_the_sign_of_zero() {
            assertThat(FloatConversions.cvt_rni_f32_f32(2.5f)).isEqualTo(2);
            assertThatObject(FloatConversions.cvt_rni_f32_f32(-0.5f)).isEqualTo(-0.0f);
            assertThatObject(FloatConversions.cvt_rzi_f32_f32(-0.9f)).isEqualTo(-0.0f);
            assertThat(FloatConversions.cvt_rzi_f32_f32(-2.9f)).isEqualTo(-2);
            assertThat(FloatConversions.cvt_rmi_f32_f32(-2.1f)).isEqualTo(-3);
            assertThat(FloatConversions.cvt_rpi_f32_f32(2.1f)).isEqualTo(3);
            assertThatObject(FloatConversions.cvt_rpi_f32_f32(-0.1f)).isEqualTo(-0.0f);
            assertThat(FloatConversions.cvt_rni_f64_f64(3.5)).isEqualTo(4);
            assertThat(FloatConversions.cvt_rzi_f64_f64(-3.5)).isEqualTo(-3);
            assertThat(FloatConversions.cvt_rmi_f16_f16(0xC100)).isEqualTo(0xC200);
            assertThat(FloatConversions.cvt_rpi_bf16_bf16(0x3F01)).isEqualTo(0x3F80);
        }

        @Test
        void pairs_put_the_first_operand_in_the_upper_half() {
            assertThat(FloatConversions.cvt_rn_f16x2_f32(1, 2)).isEqualTo(0x3C00_4000);
            assertThat(FloatConversions.cvt_rn_bf16x2_f32(1, -2)).isEqualTo(0x3F80_C000);
            assertThat(FloatConversions.cvt_rn_relu_f16x2_f32(-1, Float.NaN)).isEqualTo(0x0000_7FFF);
            assertThat(FloatConversions.cvt_rz_relu_bf16_f32(-1)).isZero();
        }

        @Test
        void to_tf32_keep_ten_bits_of_fraction() {
            assertThat(FloatConversions.cvt_rna_tf32_f32(1)).isEqualTo(0x3F80_0000);
            assertThat(FloatConversions.cvt_rna_tf32_f32(Float.intBitsToFloat(0x3F80_1000)))
                    .isEqualTo(0x3F80_2000);
            assertThat(FloatConversions.cvt_rn_tf32_f32(Float.intBitsToFloat(0x3F80_1000)))
                    .isEqualTo(0x3F80_0000);
            assertThat(FloatConversions.cvt_rn_tf32_f32(Float.intBitsToFloat(0x3F80_3000)))
                    .isEqualTo(0x3F80_4000);
            assertThat(FloatConversions.cvt_rz_tf32_f32(Float.intBitsToFloat(0xBF80_3FFF)))
                    .isEqualTo(0xBF80_2000);
            assertThat(FloatConversions.cvt_rna_tf32_f32(Float.NaN)).isEqualTo(0x7FFF_FFFF);
            assertThat(FloatConversions.cvt_rna_tf32_f32(Float.NEGATIVE_INFINITY))
                    .isEqualTo(0xFF80_0000);
        }
    }

    private static void assertSame(Object actual, Object expected, Method helper, Object input) {
        if (!actual.equals(expected)) {
            assertThat(actual).as("%s of %s", helper.getName(), input).isEqualTo(expected);
        }
    }
}
