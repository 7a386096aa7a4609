package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.math.BigInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BitMathTests {

    private static final long[] VALUES = Inputs.longs(60).toArray();
    private static final int[] AMOUNTS = {
        0, 1, 5, 8, 15, 16, 17, 24, 31, 32, 33, 40, 63, 64, 65, 127, 200, 255, 256, 260, 0x8000_0000, -1
    };

    @Nested
    class Logic {

        @Test
        void of_two_inputs_is_bitwise_with_a_zero_upper_half_at_16_bits() {
            assertThat(BitMath.and_b16(0xABCD_FF00, 0xFFFF_0FF0)).isEqualTo(0x0F00);
            assertThat(BitMath.or_b16(0xABCD_FF00, 0x0FF0)).isEqualTo(0xFFF0);
            assertThat(BitMath.xor_b16(-1, 0x0FF0)).isEqualTo(0xF00F);
            assertThat(BitMath.not_b16(0x0FF0)).isEqualTo(0xF00F);
            assertThat(BitMath.and_b32(0xFF00_FF00, 0x0FF0_0FF0)).isEqualTo(0x0F00_0F00);
            assertThat(BitMath.or_b64(1L << 40, 1)).isEqualTo((1L << 40) + 1);
            assertThat(BitMath.xor_b64(-1, 1)).isEqualTo(-2);
            assertThat(BitMath.not_b64(0)).isEqualTo(-1);
            assertThat(BitMath.xor_pred(true, true)).isFalse();
            assertThat(BitMath.or_pred(true, false)).isTrue();
            assertThat(BitMath.and_pred(true, false)).isFalse();
            assertThat(BitMath.not_pred(true)).isFalse();
        }

        @Test
        void cnot_is_one_only_for_zero() {
            assertThat(BitMath.cnot_b16(0x1_0000)).isEqualTo(1);
            assertThat(BitMath.cnot_b16(2)).isZero();
            assertThat(BitMath.cnot_b32(0)).isEqualTo(1);
            assertThat(BitMath.cnot_b64(1L << 32)).isZero();
        }

        @Test
        void lop3_looks_every_bit_up_in_its_table() {
            for (int lut = 0; lut < 256; lut++) {
                int actual = BitMath.lop3_b32(0xF0F0_A5A5, 0xCCCC_3C3C, 0xAAAA_9696, lut);
                int expected = 0;
                for (int bit = 0; bit < 32; bit++) {
                    int index =
                            (0xF0F0_A5A5 >>> bit & 1) * 4 + (0xCCCC_3C3C >>> bit & 1) * 2 + (0xAAAA_9696 >>> bit & 1);
                    expected |= (lut >>> index & 1) << bit;
                }
                assertThat(actual).as("table %02x", lut).isEqualTo(expected);
            }
        }
    }

    @Nested
    class Shifts {

        @Test
        void clamp_their_amount_to_the_width() {
            for (int width : new int[] {16, 32, 64}) {
                IntegerKind unsigned = new IntegerKind("u" + width);
                IntegerKind signed = new IntegerKind("s" + width);
                for (long value : VALUES) {
                    for (int amount : AMOUNTS) {
                        int clamped = Integer.compareUnsigned(amount, width) > 0 ? width : amount;
                        Object register = unsigned.register(value);
                        BigInteger up = unsigned.number(value).shiftLeft(clamped);
                        BigInteger down = unsigned.number(value).shiftRight(clamped);
                        BigInteger arithmetic = signed.number(value).shiftRight(clamped);
                        check("shl_b" + width, unsigned.result(up), register, amount);
                        check("shr_b" + width, unsigned.result(down), register, amount);
                        check("shr_u" + width, unsigned.result(down), register, amount);
                        check("shr_s" + width, signed.result(arithmetic), register, amount);
                    }
                }
            }
        }

        @Test
        void of_register_pairs_take_32_bits_of_the_shifted_pair() {
            IntegerKind u64 = new IntegerKind("u64");
            for (long pair : VALUES) {
                BigInteger number = u64.number(pair);
                for (int amount : AMOUNTS) {
                    int clamped = Integer.compareUnsigned(amount, 32) > 0 ? 32 : amount;
                    int low = (int) pair;
                    int high = (int) (pair >>> 32);
                    assertThat(BitMath.shf_l_clamp_b32(low, high, amount))
                            .isEqualTo(number.shiftLeft(clamped).shiftRight(32).intValue());
                    assertThat(BitMath.shf_l_wrap_b32(low, high, amount))
                            .isEqualTo(
                                    number.shiftLeft(amount & 31).shiftRight(32).intValue());
                    assertThat(BitMath.shf_r_clamp_b32(low, high, amount))
                            .isEqualTo(number.shiftRight(clamped).intValue());
                    assertThat(BitMath.shf_r_wrap_b32(low, high, amount))
                            .isEqualTo(number.shiftRight(amount & 31).intValue());
                }
            }
        }
    }

    @Nested
    class Bit_fields {

        /** The loop of the PTX ISA, bit by bit. */
        private long extract(long a, int b, int c, int msb, boolean signed) {
            int pos = b & 0xFF;
            int len = c & 0xFF;
            long sign = !signed || len == 0 ? 0 : a >>> Math.min(pos + len - 1, msb) & 1;
            long d = 0;
            for (int i = 0; i <= msb; i++) {
                d |= (i < len && pos + i <= msb ? a >>> pos + i & 1 : sign) << i;
            }
            return d;
        }

        private long insert(long a, long b, int c, int d, int msb) {
            int pos = c & 0xFF;
            int len = d & 0xFF;
            long f = b;
            for (int i = 0; i < len && pos + i <= msb; i++) {
                f = f & ~(1L << pos + i) | (a >>> i & 1) << pos + i;
            }
            return f;
        }

        @Test
        void are_extracted_as_the_loop_of_the_isa_says() {
            for (long value : VALUES) {
                for (int pos : AMOUNTS) {
                    for (int len : AMOUNTS) {
                        int word = (int) value;
                        assertThat(BitMath.bfe_u32(word, pos, len)).isEqualTo((int) extract(word, pos, len, 31, false));
                        assertThat(BitMath.bfe_s32(word, pos, len)).isEqualTo((int) extract(word, pos, len, 31, true));
                        assertThat(BitMath.bfe_u64(value, pos, len)).isEqualTo(extract(value, pos, len, 63, false));
                        assertThat(BitMath.bfe_s64(value, pos, len)).isEqualTo(extract(value, pos, len, 63, true));
                    }
                }
            }
        }

        @Test
        void are_inserted_as_the_loop_of_the_isa_says() {
            for (long value : VALUES) {
                for (int pos : AMOUNTS) {
                    for (int len : AMOUNTS) {
                        long other = value * 0x9E37_79B9_7F4A_7C15L;
                        assertThat(BitMath.bfi_b32((int) value, (int) other, pos, len))
                                .isEqualTo((int) insert(value, other & 0xFFFF_FFFFL, pos, len, 31));
                        assertThat(BitMath.bfi_b64(value, other, pos, len))
                                .isEqualTo(insert(value, other, pos, len, 63));
                    }
                }
            }
        }

        @Test
        void bfind_gives_the_top_bit_that_differs_from_the_sign() {
            assertThat(BitMath.bfind_u32(0)).isEqualTo(-1);
            assertThat(BitMath.bfind_u32(1)).isZero();
            assertThat(BitMath.bfind_u32(-1)).isEqualTo(31);
            assertThat(BitMath.bfind_s32(-1)).isEqualTo(-1);
            assertThat(BitMath.bfind_s32(-2)).isZero();
            assertThat(BitMath.bfind_s32(0x7FFF_FFFF)).isEqualTo(30);
            assertThat(BitMath.bfind_u64(1L << 63)).isEqualTo(63);
            assertThat(BitMath.bfind_s64(1L << 63)).isEqualTo(62);
            assertThat(BitMath.bfind_shiftamt_u32(0)).isEqualTo(-1);
            assertThat(BitMath.bfind_shiftamt_u32(1)).isEqualTo(31);
            assertThat(BitMath.bfind_shiftamt_s32(1)).isEqualTo(31);
            assertThat(BitMath.bfind_shiftamt_s64(0)).isEqualTo(-1);
            assertThat(BitMath.bfind_shiftamt_u64(1L << 60)).isEqualTo(3);
        }

        @Test
        void masks_follow_the_semantics_of_the_isa() {
            for (int pos : AMOUNTS) {
                for (int len : AMOUNTS) {
                    assertThat(BitMath.bmsk_clamp_b32(pos, len)).isEqualTo(mask(pos, len, true));
                    assertThat(BitMath.bmsk_wrap_b32(pos, len)).isEqualTo(mask(pos, len, false));
                }
            }
            assertThat(BitMath.bmsk_wrap_b32(1, 2)).isEqualTo(6);
        }

        private int mask(int a, int b, boolean clamp) {
            long mask0 = 0xFFFF_FFFFL << (a & 31);
            int b1 = b & 31;
            int sum = (a & 31) + b1;
            long mask1 = sum >= 32 ? 0 : 0xFFFF_FFFFL << sum;
            boolean overflow = sum >= 32;
            if (clamp && Integer.compareUnsigned(a, 32) >= 0) {
                overflow = true;
                mask0 = 0;
            }
            if (clamp && Integer.compareUnsigned(b, 32) >= 0) {
                overflow = true;
            }
            if (overflow) {
                mask1 = 0;
            } else if (b1 == 0) {
                mask1 = -1;
            }
            return (int) (mask0 & ~mask1);
        }

        @Test
        void szext_extends_the_low_bits() {
            assertThat(BitMath.szext_clamp_s32(0x0000_00FF, 8)).isEqualTo(-1);
            assertThat(BitMath.szext_clamp_u32(0xFFFF_FFFF, 8)).isEqualTo(0xFF);
            assertThat(BitMath.szext_clamp_s32(0x8123_4567, 32)).isEqualTo(0x8123_4567);
            assertThat(BitMath.szext_clamp_u32(0x8123_4567, -1)).isEqualTo(0x8123_4567);
            assertThat(BitMath.szext_wrap_u32(-1, 0)).isZero();
            assertThat(BitMath.szext_wrap_s32(-1, 32)).isZero();
            assertThat(BitMath.szext_wrap_s32(2, 34)).isEqualTo(-2);
        }
    }

    @Nested
    class Bytes {

        private static final int A = 0x8302_0180;
        private static final int B = 0x8706_0584;

        @Test
        void prmt_picks_bytes_and_replicates_signs() {
            assertThat(BitMath.prmt_b32(A, B, 0x3210)).isEqualTo(A);
            assertThat(BitMath.prmt_b32(A, B, 0x7654)).isEqualTo(B);
            assertThat(BitMath.prmt_b32(A, B, 0x0123)).isEqualTo(0x8001_0283);
            assertThat(BitMath.prmt_b32(A, B, 0x89AB)).isEqualTo(0xFF00_00FF);
            assertThat(BitMath.prmt_b32(A, B, 0xFFFF_0000)).isEqualTo(0x8080_8080);
        }

        @Test
        void prmt_modes_use_the_low_two_bits_of_the_selector() {
            assertThat(BitMath.prmt_b32_f4e(A, B, 1)).isEqualTo(0x8483_0201);
            assertThat(BitMath.prmt_b32_f4e(A, B, 7)).isEqualTo(0x0605_8483);
            assertThat(BitMath.prmt_b32_b4e(A, B, 0)).isEqualTo(0x0506_8780);
            assertThat(BitMath.prmt_b32_b4e(A, B, 3)).isEqualTo(0x8001_0283);
            assertThat(BitMath.prmt_b32_rc8(A, B, 2)).isEqualTo(0x0202_0202);
            assertThat(BitMath.prmt_b32_ecl(A, B, 2)).isEqualTo(0x8302_0202);
            assertThat(BitMath.prmt_b32_ecr(A, B, 1)).isEqualTo(0x0101_0180);
            assertThat(BitMath.prmt_b32_rc16(A, B, 1)).isEqualTo(0x8302_8302);
            assertThat(BitMath.prmt_b32_rc16(A, B, 2)).isEqualTo(0x0180_0180);
        }
    }

    @Nested
    class Selection_by_sign {

        @Test
        void takes_the_first_for_zero_and_the_second_for_NaN() {
            assertThat(BitMath.slct_u32_s32(1, 2, 0)).isEqualTo(1);
            assertThat(BitMath.slct_u32_s32(1, 2, -1)).isEqualTo(2);
            assertThat(BitMath.slct_f32_f32(1, 2, -0.0f)).isEqualTo(1);
            assertThat(BitMath.slct_s64_f32(1, 2, Float.NaN)).isEqualTo(2);
        }
    }

    @Nested
    class Counting {

        @Test
        void is_that_of_the_bits() {
            assertThat(BitMath.popc_b32(0xF0F0_0001)).isEqualTo(9);
            assertThat(BitMath.popc_b64(-1)).isEqualTo(64);
            assertThat(BitMath.clz_b32(0)).isEqualTo(32);
            assertThat(BitMath.clz_b64(1)).isEqualTo(63);
            assertThat(BitMath.brev_b32(1)).isEqualTo(0x8000_0000);
            assertThat(BitMath.brev_b64(2)).isEqualTo(1L << 62);
        }

        @Test
        void fns_finds_the_nth_set_bit_in_either_direction() {
            assertThat(BitMath.fns_b32(0xAAAA_AAAA, 3, 1)).isEqualTo(3);
            assertThat(BitMath.fns_b32(0xAAAA_AAAA, 3, -1)).isEqualTo(3);
            assertThat(BitMath.fns_b32(0xAAAA_AAAA, 2, 1)).isEqualTo(3);
            assertThat(BitMath.fns_b32(0xAAAA_AAAA, 2, -1)).isEqualTo(1);
            assertThat(BitMath.fns_b32(0xAAAA_AAAA, 2, 0)).isEqualTo(-1);
            assertThat(BitMath.fns_b32(0xAAAA_AAAA, 3, 0)).isEqualTo(3);
            assertThat(BitMath.fns_b32(0xAAAA_AAAA, 0, 16)).isEqualTo(31);
            assertThat(BitMath.fns_b32(0xAAAA_AAAA, 0, 17)).isEqualTo(-1);
            assertThat(BitMath.fns_b32(-1, 31, Integer.MIN_VALUE)).isEqualTo(-1);
        }
    }

    private static void check(String name, Object expected, Object... arguments) {
        Method helper = Helpers.named(name);
        Object actual = Helpers.call(helper, arguments);
        if (!actual.equals(expected)) {
            assertThat(actual)
                    .as("%s of %s", name, java.util.List.of(arguments))
                    .isEqualTo(expected);
        }
    }
}
