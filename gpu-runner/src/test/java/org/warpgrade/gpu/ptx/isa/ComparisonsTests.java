package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class ComparisonsTests {

    private static final long[] VALUES = Inputs.longs(30).toArray();
    private static final Map<String, IntPredicate> OPERATORS = Map.of(
            "eq", order -> order == 0,
            "ne", order -> order != 0,
            "lt", order -> order < 0,
            "le", order -> order <= 0,
            "gt", order -> order > 0,
            "ge", order -> order >= 0);
    private static final Map<String, String> UNSIGNED_NAMES = Map.of("lo", "lt", "ls", "le", "hi", "gt", "hs", "ge");

    @Test
    void of_integers_are_those_of_their_numbers() {
        for (IntegerKind kind : IntegerKind.ALL) {
            OPERATORS.forEach((operator, holds) -> checkIntegers("set_" + operator + "_" + kind, kind, holds));
            if (!kind.signed()) {
                UNSIGNED_NAMES.forEach(
                        (name, operator) -> checkIntegers("set_" + name + "_" + kind, kind, OPERATORS.get(operator)));
            } else {
                IntegerKind bits = new IntegerKind("u" + kind.bits());
                checkIntegers("set_eq_b" + kind.bits(), bits, order -> order == 0);
                checkIntegers("set_ne_b" + kind.bits(), bits, order -> order != 0);
            }
        }
    }

    private void checkIntegers(String name, IntegerKind kind, IntPredicate holds) {
        for (long a : VALUES) {
            for (long b : VALUES) {
                assertThat(Helpers.call(name, kind.register(a), kind.register(b)))
                        .as("%s of %x, %x", name, a, b)
                        .isEqualTo(holds.test(kind.number(a).compareTo(kind.number(b))));
            }
        }
    }

    @Test
    void of_floats_are_false_on_NaN_unless_they_are_the_unordered_ones() {
        float[] values = {-Float.MAX_VALUE, -1, -0.0f, 0.0f, Float.MIN_VALUE, 1, Float.POSITIVE_INFINITY, Float.NaN};
        for (float a : values) {
            for (float b : values) {
                boolean unordered = Float.isNaN(a) || Float.isNaN(b);
                int order = a < b ? -1 : a > b ? 1 : 0;
                OPERATORS.forEach((operator, holds) -> {
                    checkFloats(operator, a, b, !unordered && holds.test(order));
                    checkFloats(operator + "u", a, b, unordered || holds.test(order));
                });
                checkFloats("num", a, b, !unordered);
                checkFloats("nan", a, b, unordered);
            }
        }
    }

    private void checkFloats(String operator, float a, float b, boolean expected) {
        assertThat(Helpers.call("set_" + operator + "_f32", a, b))
                .as("set.%s.f32 %s, %s", operator, a, b)
                .isEqualTo(expected);
        assertThat(Helpers.call("set_" + operator + "_f64", (double) a, (double) b))
                .as("set.%s.f64 %s, %s", operator, a, b)
                .isEqualTo(expected);
        assertThat(Helpers.call("set_" + operator + "_bf16", bfloat(a), bfloat(b)))
                .as("set.%s.bf16 %s, %s", operator, a, b)
                .isEqualTo(expected);
        if (Math.abs(a) < 100 && Math.abs(b) < 100 && a != Float.MIN_VALUE && b != Float.MIN_VALUE) {
            assertThat(Helpers.call("set_" + operator + "_f16", half(a) | 0x1234_0000, half(b)))
                    .as("set.%s.f16 %s, %s", operator, a, b)
                    .isEqualTo(expected);
        }
    }

    private static int half(float value) {
        return Float.floatToFloat16(value) & 0xFFFF;
    }

    /** The values here keep their order when their lower bits are cut off, but for the subnormal, made visible. */
    private static int bfloat(float value) {
        return value == Float.MIN_VALUE ? 1 : Float.floatToRawIntBits(value) >>> 16;
    }
}
