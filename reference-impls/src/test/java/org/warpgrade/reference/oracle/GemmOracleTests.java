package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.GemmOracle.Operand;

class GemmOracleTests {

    private static final float NAN = Float.NaN;

    @Nested
    class By_hand {

        @Test
        void the_curriculum_prints_the_product_of_1_2_3_4_and_5_6_7_8() {
            OracleTensor c =
                    GemmOracle.gemm(2, 2, 2, 1, plain(2, 1, 2, 3, 4), plain(2, 5, 6, 7, 8), 0, new float[4], 2);

            assertThat(c.values()).containsExactly(19, 22, 43, 50);
        }

        @Test
        void transposes_alpha_beta_and_pitches() {
            // op(A) = [[1,2],[3,4]], op(B) = [[5,6],[7,8]], C = 2 AB - C; one float of padding everywhere
            Operand a = new Operand(true, new float[] {1, 3, NAN, 2, 4, NAN}, 3);
            Operand b = new Operand(true, new float[] {5, 7, NAN, 6, 8, NAN}, 3);

            OracleTensor c = GemmOracle.gemm(2, 2, 2, 2, a, b, -1, new float[] {10, 20, 77, 30, 40, 88}, 3);

            assertThat(c.values()).containsExactly(28, 24, 77, 56, 60, 88);
            assertThat(c.conditionSums()).containsExactly(48, 64, 0, 116, 140, 0);
        }

        @Test
        void condition_sums_add_magnitudes() {
            OracleTensor c = GemmOracle.gemm(1, 1, 2, -3, plain(2, 5, -5), plain(1, 7, 7), 0.5f, new float[] {-4}, 1);

            assertThat(c.values()).containsExactly(-2);
            assertThat(c.conditionSums()).containsExactly(3 * 70 + 2);
        }
    }

    @Nested
    class What_is_not_read {

        @Test
        void c_with_beta_0() {
            assertThat(GemmOracle.gemm(1, 1, 1, 1, plain(1, 3), plain(1, 4), 0, new float[] {NAN}, 1)
                            .values())
                    .containsExactly(12);
        }

        @Test
        void a_and_b_with_alpha_0() {
            assertThat(GemmOracle.gemm(1, 1, 1, 0, plain(1, NAN), plain(1, NAN), 2, new float[] {4}, 1)
                            .values())
                    .containsExactly(8);
        }

        @Test
        void a_and_b_with_k_0() {
            assertThat(GemmOracle.gemm(1, 2, 0, 1, plain(1), plain(1), -2, new float[] {4, 5}, 2)
                            .values())
                    .containsExactly(-8, -10);
        }

        @Test
        void nothing_changes_with_m_0() {
            assertThat(GemmOracle.gemm(0, 2, 1, 1, plain(1), plain(2, 1, 2), -2, new float[0], 2)
                            .values())
                    .isEmpty();
        }
    }

    @Nested
    class Properties {

        private final float[] a = Inputs.of(3, "a").normals(5 * 7);
        private final float[] b = Inputs.of(3, "b").normals(7 * 4);

        @Test
        void the_transpose_of_a_product_is_the_product_of_the_transposes_turned_round() {
            double[] c = GemmOracle.gemm(
                            5, 4, 7, 1, new Operand(false, a, 7), new Operand(false, b, 4), 0, new float[20], 4)
                    .values();
            double[] turned = GemmOracle.gemm(
                            4, 5, 7, 1, new Operand(true, b, 4), new Operand(true, a, 7), 0, new float[20], 5)
                    .values();

            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 4; j++) {
                    assertThat(turned[j * 5 + i]).isEqualTo(c[i * 4 + j], within(1e-15));
                }
            }
        }

        @Test
        void the_identity_gives_the_other_operand() {
            float[] identity = new float[49];
            for (int i = 0; i < 7; i++) {
                identity[8 * i] = 1;
            }

            double[] c = GemmOracle.gemm(
                            5, 7, 7, 1, new Operand(false, a, 7), new Operand(false, identity, 7), 0, new float[35], 7)
                    .values();

            for (int i = 0; i < 35; i++) {
                assertThat(c[i]).isEqualTo(a[i]);
            }
        }

        @Test
        void a_nan_in_a_row_of_a_stays_in_that_row() {
            a[2 * 7 + 3] = NAN;
            double[] c = GemmOracle.gemm(
                            5, 4, 7, 1, new Operand(false, a, 7), new Operand(false, b, 4), 0, new float[20], 4)
                    .values();

            for (int i = 0; i < 20; i++) {
                assertThat(Double.isNaN(c[i])).isEqualTo(i / 4 == 2);
            }
        }
    }

    private static Operand plain(int pitch, float... values) {
        return new Operand(false, values, pitch);
    }
}
