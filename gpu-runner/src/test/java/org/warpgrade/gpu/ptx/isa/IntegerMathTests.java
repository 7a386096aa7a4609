package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegerMathTests {

    private static final BigInteger ZERO = BigInteger.ZERO;
    private static final BigInteger ONES = BigInteger.ONE.negate();
    private static final long[] VALUES = Inputs.longs(90).toArray();

    private interface Ternary {
        BigInteger of(BigInteger a, BigInteger b, BigInteger c);
    }

    @Nested
    class Agrees_with_arithmetic_on_unbounded_integers {

        @Test
        void in_sums_differences_and_products() {
            binary("add", BigInteger::add);
            binary("sub", BigInteger::subtract);
            binary("mul_lo", BigInteger::multiply);
            for (IntegerKind kind : IntegerKind.ALL) {
                binary("mul_hi", kind, kind, (a, b) -> a.multiply(b).shiftRight(kind.bits()));
            }
        }

        @Test
        void in_wide_products() {
            for (int i = 0; i < 4; i++) {
                IntegerKind wide = IntegerKind.ALL[i + 2];
                binary("mul_wide", IntegerKind.ALL[i], wide, BigInteger::multiply);
                IntegerKind kind = IntegerKind.ALL[i];
                Method helper = Helpers.named("mad_wide_" + kind);
                for (long a : VALUES) {
                    for (long b : VALUES) {
                        Object actual = Helpers.call(helper, kind.register(a), kind.register(b), wide.register(~a));
                        BigInteger expected =
                                kind.number(a).multiply(kind.number(b)).add(wide.number(~a));
                        assertSame(actual, wide.result(expected), helper, a, b);
                    }
                }
            }
        }

        @Test
        void in_multiply_add() {
            ternary("mad_lo", (a, b, c) -> a.multiply(b).add(c), IntegerKind.ALL);
            for (IntegerKind kind : IntegerKind.ALL) {
                ternary(
                        "mad_hi",
                        (a, b, c) -> a.multiply(b).shiftRight(kind.bits()).add(c),
                        kind);
            }
            ternary("sad", (a, b, c) -> a.subtract(b).abs().add(c), IntegerKind.ALL);
        }

        @Test
        void in_quotients_and_remainders_where_division_by_zero_gives_all_ones() {
            binary("div", (a, b) -> b.signum() == 0 ? ONES : a.divide(b));
            binary("rem", (a, b) -> b.signum() == 0 ? ONES : a.remainder(b));
        }

        @Test
        void in_minimum_and_maximum() {
            binary("min", BigInteger::min);
            binary("max", BigInteger::max);
        }

        @Test
        void in_negation_and_absolute_value() {
            for (int i = 1; i < IntegerKind.ALL.length; i += 2) {
                unary("neg", IntegerKind.ALL[i], BigInteger::negate);
                unary("abs", IntegerKind.ALL[i], BigInteger::abs);
            }
        }

        @Test
        void in_saturating_sums() {
            IntegerKind s32 = new IntegerKind("s32");
            binary("add_sat", s32, s32, (a, b) -> clamp(a.add(b), s32));
            binary("sub_sat", s32, s32, (a, b) -> clamp(a.subtract(b), s32));
            ternary(
                    "mad_hi_sat",
                    (a, b, c) -> clamp(a.multiply(b).shiftRight(32).add(c), s32),
                    s32);
            binary("min_relu", s32, s32, (a, b) -> a.min(b).max(ZERO));
            binary("max_relu", s32, s32, (a, b) -> a.max(b).max(ZERO));
        }

        @Test
        void in_24_bit_products() {
            for (int i = 2; i < 4; i++) {
                IntegerKind kind = IntegerKind.ALL[i];
                binary("mul24_lo", kind, kind, (a, b) -> low24(a, kind).multiply(low24(b, kind)));
                binary(
                        "mul24_hi",
                        kind,
                        kind,
                        (a, b) -> low24(a, kind).multiply(low24(b, kind)).shiftRight(16));
                ternary(
                        "mad24_lo",
                        (a, b, c) -> low24(a, kind).multiply(low24(b, kind)).add(c),
                        kind);
                ternary(
                        "mad24_hi",
                        (a, b, c) -> low24(a, kind)
                                .multiply(low24(b, kind))
                                .shiftRight(16)
                                .mod(BigInteger.ONE.shiftLeft(32))
                                .add(c),
                        kind);
            }
        }

        private BigInteger low24(BigInteger value, IntegerKind kind) {
            BigInteger low = value.mod(BigInteger.ONE.shiftLeft(24));
            return kind.signed() && low.testBit(23) ? low.subtract(BigInteger.ONE.shiftLeft(24)) : low;
        }
    }

    @Nested
    class Carry_chains {

        @ParameterizedTest
        @ValueSource(strings = {"u32", "s32", "u64", "s64"})
        void carry_what_leaves_the_top_bit(String type) {
            IntegerKind unsigned = new IntegerKind("u" + type.substring(1));
            Method sum = Helpers.named("addc_" + type);
            Method carry = Helpers.named("addc_carry_" + type);
            Method difference = Helpers.named("subc_" + type);
            Method borrow = Helpers.named("subc_borrow_" + type);
            for (long a : VALUES) {
                for (long b : VALUES) {
                    for (int in = 0; in < 2; in++) {
                        BigInteger exact =
                                unsigned.number(a).add(unsigned.number(b)).add(BigInteger.valueOf(in));
                        Object[] arguments = {unsigned.register(a), unsigned.register(b), in};
                        assertSame(Helpers.call(sum, arguments), unsigned.result(exact), sum, a, b);
                        assertSame(Helpers.call(carry, arguments), exact.testBit(unsigned.bits()) ? 1 : 0, carry, a, b);
                        exact = unsigned.number(a).subtract(unsigned.number(b)).subtract(BigInteger.valueOf(in));
                        assertSame(Helpers.call(difference, arguments), unsigned.result(exact), difference, a, b);
                        assertSame(Helpers.call(borrow, arguments), exact.signum() < 0 ? 1 : 0, borrow, a, b);
                    }
                }
            }
        }

        @Test
        void multiply_two_64_bit_numbers_from_32_bit_halves() {
            for (long a : VALUES) {
                for (long b : VALUES) {
                    int lowCarry = IntegerMath.madc_lo_carry_u32((int) a, (int) (b >>> 32), highOf(a, b), 0);
                    int middle = IntegerMath.madc_lo_u32((int) a, (int) (b >>> 32), highOf(a, b), 0);
                    int high = IntegerMath.madc_hi_u32((int) a, (int) (b >>> 32), 0, lowCarry);
                    int secondCarry = IntegerMath.madc_lo_carry_u32((int) (a >>> 32), (int) b, middle, 0);
                    high = IntegerMath.madc_hi_u32((int) (a >>> 32), (int) b, high, secondCarry);
                    int crossCarry = IntegerMath.madc_hi_carry_u32((int) (a >>> 32), (int) b, high, 0);
                    assertThat(crossCarry).isBetween(0, 1);
                    assertThat(IntegerMath.madc_lo_u32((int) (a >>> 32), (int) b, middle, 0))
                            .isEqualTo((int) (a * b >>> 32));
                }
            }
        }

        private int highOf(long a, long b) {
            return IntegerMath.mul_hi_u32((int) a, (int) b);
        }
    }

    @Nested
    class Packed_halves {

        @Test
        void are_computed_one_by_one() {
            assertThat(IntegerMath.add_u16x2(0x0001_FFFF, 0x0001_0001)).isEqualTo(0x0002_0000);
            assertThat(IntegerMath.min_s16x2(0x8000_0001, 0x7FFF_FFFF)).isEqualTo(0x8000_FFFF);
            assertThat(IntegerMath.min_u16x2(0x8000_0001, 0x7FFF_FFFF)).isEqualTo(0x7FFF_0001);
            assertThat(IntegerMath.max_s16x2(0x8000_0001, 0x7FFF_FFFF)).isEqualTo(0x7FFF_0001);
            assertThat(IntegerMath.max_relu_s16x2(0x8000_FFFE, 0x8001_FFFF)).isZero();
            assertThat(IntegerMath.min_relu_s16x2(0x0004_FFFE, 0x0003_0005)).isEqualTo(0x0003_0000);
        }
    }

    private static void binary(String operation, BinaryOperator<BigInteger> reference) {
        for (IntegerKind kind : IntegerKind.ALL) {
            binary(operation, kind, kind, reference);
        }
    }

    private static void binary(
            String operation, IntegerKind kind, IntegerKind resultKind, BinaryOperator<BigInteger> reference) {
        Method helper = Helpers.named(operation + "_" + kind);
        for (long a : VALUES) {
            for (long b : VALUES) {
                Object actual = Helpers.call(helper, kind.register(a), kind.register(b));
                Object expected = resultKind.result(reference.apply(kind.number(a), kind.number(b)));
                assertSame(actual, expected, helper, a, b);
            }
        }
    }

    private static void ternary(String operation, Ternary reference, IntegerKind... kinds) {
        for (IntegerKind kind : kinds) {
            Method helper = Helpers.named(operation + "_" + kind);
            for (long a : VALUES) {
                for (long b : VALUES) {
                    long c = a * 31 + b;
                    Object actual = Helpers.call(helper, kind.register(a), kind.register(b), kind.register(c));
                    BigInteger expected = reference.of(kind.number(a), kind.number(b), kind.number(c));
                    assertSame(actual, kind.result(expected), helper, a, b);
                }
            }
        }
    }

    private static void unary(String operation, IntegerKind kind, UnaryOperator<BigInteger> reference) {
        Method helper = Helpers.named(operation + "_" + kind);
        for (long a : VALUES) {
            Object actual = Helpers.call(helper, kind.register(a));
            assertSame(actual, kind.result(reference.apply(kind.number(a))), helper, a, 0);
        }
    }

    private static BigInteger clamp(BigInteger value, IntegerKind kind) {
        return value.max(kind.least()).min(kind.greatest());
    }

    private static void assertSame(Object actual, Object expected, Method helper, long a, long b) {
        if (!actual.equals(expected)) {
            assertThat(actual).as("%s of %x, %x", helper.getName(), a, b).isEqualTo(expected);
        }
    }
}
