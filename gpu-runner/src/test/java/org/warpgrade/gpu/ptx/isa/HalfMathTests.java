package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.gpu.ptx.isa.Inputs.Direction;

/** Half precision and bfloat16: the same tests for both formats. */
class HalfMathTests {

    private static final int PAIRS = 10_000;

    static Stream<SmallFloat> formats() {
        return Stream.of(SmallFloat.F16, SmallFloat.BF16);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void sums_differences_and_products_are_rounded_once(SmallFloat format) {
        Map<String, BinaryOperator<BigDecimal>> operations =
                Map.of("add", BigDecimal::add, "sub", BigDecimal::subtract, "mul", BigDecimal::multiply);
        operations.forEach((name, operation) -> {
            Method helper = Helpers.named(name + "_rn_" + format);
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < PAIRS; i++) {
                int a = pattern(random, format, 0, i);
                int b = pattern(random, format, a, i);
                if (!format.isFinite(a) || !format.isFinite(b)) {
                    continue;
                }
                BigDecimal exact = operation.apply(decimal(format, a), decimal(format, b));
                if (exact.signum() != 0) {
                    check(helper, format.round(exact, Direction.NEAREST), a, b);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("formats")
    void fused_multiply_add_is_rounded_once_also_next_to_ties(SmallFloat format) {
        Method helper = Helpers.named("fma_rn_" + format);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < PAIRS; i++) {
            int a = pattern(random, format, 0, i);
            int b = pattern(random, format, a, i);
            int c = random.nextInt(0x1_0000);
            if (i % 3 == 0) {
                // Few significant digits make products that are ties but for a tiny c.
                a &= 0xFFF0;
                b &= 0xFFF0;
                c = c & 0x8000 | 1 + random.nextInt(3) << random.nextInt(8);
            }
            if (!format.isFinite(a) || !format.isFinite(b) || !format.isFinite(c)) {
                continue;
            }
            BigDecimal exact = decimal(format, a).multiply(decimal(format, b)).add(decimal(format, c));
            if (exact.signum() != 0) {
                check(helper, format.round(exact, Direction.NEAREST), a, b, c);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void signs_flushing_and_saturation_hold_for_every_pattern(SmallFloat format) {
        int smallestNormal = 1 << format.fractionBits();
        exhaustive("neg_", format, a -> a ^ 0x8000);
        exhaustive("abs_", format, a -> a & 0x7FFF);
        exhaustive("ftz_", format, a -> (a & 0x7FFF) < smallestNormal ? a & 0x8000 : a);
        exhaustive("relu_", format, a -> format.isNaN(a) ? 0x7FFF : a >= 0x8000 ? 0 : a);
        int one = format.round(BigDecimal.ONE, Direction.NEAREST);
        exhaustive("sat_", format, a -> format.isNaN(a) || a >= 0x8000 ? 0 : Math.min(a, one));
    }

    private void exhaustive(String name, SmallFloat format, IntUnaryOperator expected) {
        Method single = Helpers.named(name + format);
        Method packed = Helpers.named(name + format + "x2");
        for (int a = 0; a < 0x1_0000; a++) {
            check(single, expected.applyAsInt(a), a | 0xABCD_0000);
            int other = 0xFFFF - a;
            check(packed, expected.applyAsInt(a) | expected.applyAsInt(other) << 16, a | other << 16);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void exponentials_and_hyperbolic_tangents_are_the_nearest_for_every_pattern(SmallFloat format) {
        nearest("ex2_approx_", format, x -> StrictMath.pow(2, x));
        nearest("tanh_approx_", format, StrictMath::tanh);
    }

    private void nearest(String name, SmallFloat format, DoubleUnaryOperator function) {
        Method helper = Helpers.named(name + format);
        for (int a = 0; a < 0x1_0000; a++) {
            int actual = (Integer) Helpers.call(helper, a);
            double exact = function.applyAsDouble(format.fullValue(a));
            if (Double.isNaN(exact)) {
                assertThat(actual).as("%s of %04x", name, a).isEqualTo(0x7FFF);
            } else if (exact == 0 || Double.isInfinite(exact)) {
                assertThat(format.fullValue(actual)).as("%s of %04x", name, a).isEqualTo(exact);
            } else {
                int expected = format.round(new BigDecimal(exact), Direction.NEAREST);
                if (actual != expected) {
                    assertThat(actual).as("%s of %04x", name, a).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void minimum_and_maximum_treat_NaN_and_zeros_as_the_ISA_says(SmallFloat format) {
        int nan = format.infinity() + 1;
        int three = format.round(BigDecimal.valueOf(3), Direction.NEAREST);
        int minusTwo = format.round(BigDecimal.valueOf(-2), Direction.NEAREST);
        assertThat(Helpers.call("min_" + format, nan, three)).isEqualTo(three);
        assertThat(Helpers.call("max_" + format, three, nan)).isEqualTo(three);
        assertThat(Helpers.call("max_" + format, nan, nan)).isEqualTo(0x7FFF);
        assertThat(Helpers.call("min_NaN_" + format, nan, three)).isEqualTo(0x7FFF);
        assertThat(Helpers.call("min_" + format, 0x8000, 0)).isEqualTo(0x8000);
        assertThat(Helpers.call("max_" + format, 0x8000, 0)).isEqualTo(0);
        assertThat(Helpers.call("min_" + format, three, minusTwo)).isEqualTo(minusTwo);
        assertThat(Helpers.call("max_xorsign_abs_" + format, three, minusTwo)).isEqualTo(three | 0x8000);
        assertThat(Helpers.call("min_" + format + "x2", three << 16 | minusTwo, minusTwo << 16 | three))
                .isEqualTo(minusTwo << 16 | minusTwo);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void special_values_follow_IEEE_and_NaN_is_canonical(SmallFloat format) {
        int infinity = format.infinity();
        int one = format.round(BigDecimal.ONE, Direction.NEAREST);
        assertThat(Helpers.call("add_rn_" + format, infinity, infinity | 0x8000))
                .isEqualTo(0x7FFF);
        assertThat(Helpers.call("add_rn_" + format, infinity, one)).isEqualTo(infinity);
        assertThat(Helpers.call("sub_rn_" + format, one, one)).isEqualTo(0);
        assertThat(Helpers.call("mul_rn_" + format, infinity, 0)).isEqualTo(0x7FFF);
        assertThat(Helpers.call("mul_rn_" + format, infinity - 1, infinity - 1)).isEqualTo(infinity);
        assertThat(Helpers.call("fma_rn_" + format, infinity, one, infinity | 0x8000))
                .isEqualTo(0x7FFF);
        assertThat(Helpers.call("fma_rn_relu_" + format, one, one | 0x8000, 0)).isEqualTo(0);
        assertThat(Helpers.call("add_rn_" + format + "x2", one << 16, one << 16 | one))
                .isEqualTo(one + (1 << format.fractionBits()) << 16 | one);
    }

    /** Half of the patterns are near the one given, so that sums cancel and round. */
    private static int pattern(SplittableRandom random, SmallFloat format, int near, int index) {
        if (index % 2 == 0) {
            return random.nextInt(0x1_0000);
        }
        int exponent = near >>> format.fractionBits() & (1 << format.exponentBits()) - 1;
        int moved = Math.clamp(exponent + random.nextInt(-12, 13), 0, (1 << format.exponentBits()) - 2);
        return random.nextInt(0x1_0000) & (0x8000 | (1 << format.fractionBits()) - 1) | moved << format.fractionBits();
    }

    private static BigDecimal decimal(SmallFloat format, int bits) {
        return new BigDecimal(format.value(bits));
    }

    private static void check(Method helper, int expected, Object... arguments) {
        int actual = (Integer) Helpers.call(helper, arguments);
        if (actual != expected) {
            assertThat(Integer.toHexString(actual))
                    .as(
                            "%s of %s",
                            helper.getName(),
                            Stream.of(arguments)
                                    .map(a -> Integer.toHexString((Integer) a))
                                    .toList())
                    .isEqualTo(Integer.toHexString(expected));
        }
    }
}
