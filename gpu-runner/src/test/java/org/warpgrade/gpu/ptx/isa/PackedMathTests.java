package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackedMathTests {

    private static final int[] VALUES = Inputs.ints(60).toArray();
    private static final String[] TYPES = {"u32", "s32"};

    @Test
    void dp4a_adds_the_products_of_four_bytes() {
        for (String typeA : TYPES) {
            for (String typeB : TYPES) {
                for (int a : VALUES) {
                    for (int b : VALUES) {
                        int expected = a ^ b;
                        for (int lane = 0; lane < 4; lane++) {
                            expected += part(a, lane, 8, typeA) * part(b, lane, 8, typeB);
                        }
                        assertThat(Helpers.call("dp4a_" + typeA + "_" + typeB, a, b, a ^ b))
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void dp2a_adds_the_products_of_two_halves_with_the_lower_or_upper_bytes() {
        for (String typeA : TYPES) {
            for (String typeB : TYPES) {
                for (int a : VALUES) {
                    for (int b : VALUES) {
                        for (int upper = 0; upper < 2; upper++) {
                            int expected = a ^ b;
                            for (int lane = 0; lane < 2; lane++) {
                                expected += part(a, lane, 16, typeA) * part(b, lane + 2 * upper, 8, typeB);
                            }
                            String name = "dp2a_" + (upper == 0 ? "lo_" : "hi_") + typeA + "_" + typeB;
                            assertThat(Helpers.call(name, a, b, a ^ b)).isEqualTo(expected);
                        }
                    }
                }
            }
        }
    }

    @Test
    void vabsdiff4_takes_absolute_differences_byte_by_byte_or_adds_them_up() {
        assertThat(PackedMath.vabsdiff4_u32_u32_u32(0xFF00_1020, 0x00FF_2010, 7))
                .isEqualTo(0xFFFF_1010);
        assertThat(PackedMath.vabsdiff4_s32_s32_s32(0x7F00_FF80, 0x8001_0180, 7))
                .isEqualTo(0xFF01_0200);
        assertThat(PackedMath.vabsdiff4_u32_u32_u32_add(0xFF00_1020, 0x00FF_2010, 7))
                .isEqualTo(255 + 255 + 16 + 16 + 7);
        assertThat(PackedMath.vabsdiff4_s32_s32_s32_add(0x7F00_FF80, 0x8001_0180, -1))
                .isEqualTo(255 + 1 + 2 - 1);
    }

    private static int part(int word, int lane, int width, String type) {
        int moved = word << 32 - width * (lane + 1);
        return type.equals("s32") ? moved >> 32 - width : moved >>> 32 - width;
    }
}
