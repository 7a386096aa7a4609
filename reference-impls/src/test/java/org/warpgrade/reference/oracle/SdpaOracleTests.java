package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.SdpaOracle.Attention;
import org.warpgrade.reference.oracle.SdpaOracle.Dims;

class SdpaOracleTests {

    private static final float NAN = Float.NaN;

    @Nested
    class Values {

        @Test
        void are_the_published_ones_for_one_query_and_two_keys() {
            Attention result = SdpaOracle.attention(
                    new float[] {1, 0}, new float[] {1, 0, 0, 1}, new float[] {10, 20}, null, dims(1, 2, 2, 1), 1);

            assertThat(result.probs().values()).containsExactly(new double[] {0.7310586, 0.2689414}, within(5e-8));
            assertThat(result.out().values()).containsExactly(new double[] {12.689414}, within(5e-7));
        }

        @Test
        void are_the_mean_of_the_values_for_scale_zero() {
            Attention result = SdpaOracle.attention(
                    new float[] {3}, new float[] {1, 2, 5}, new float[] {1, 2, 6}, null, dims(1, 3, 1, 1), 0);

            assertThat(result.out().values()).containsExactly(new double[] {3}, within(1e-15));
        }

        @Test
        void agree_with_the_softmax_oracle_row_by_row() {
            Inputs inputs = Inputs.of(5, "sdpa");
            Dims dims = new Dims(2, 3, 4, 5, 6, 2);
            float[] q = inputs.normals(2 * 3 * 4 * 6);
            float[] k = inputs.normals(2 * 3 * 5 * 6);
            float[] v = inputs.normals(2 * 3 * 5 * 2);

            Attention result = SdpaOracle.attention(q, k, v, null, dims, 0.5f);

            for (int row = 0; row < 24; row++) {
                float[] scores = new float[5];
                for (int j = 0; j < 5; j++) {
                    for (int d = 0; d < 6; d++) {
                        scores[j] += 0.5f * q[row * 6 + d] * k[(row / 4 * 5 + j) * 6 + d];
                    }
                }
                double[] softmax = SoftmaxOracle.forward(scores, 1, 5).values();
                double context = 0;
                for (int j = 0; j < 5; j++) {
                    assertThat(result.probs().values()[row * 5 + j]).isCloseTo(softmax[j], within(1e-6));
                    context += softmax[j] * v[(row / 4 * 5 + j) * 2 + 1];
                }
                assertThat(result.out().values()[row * 2 + 1]).isCloseTo(context, within(5e-6));
            }
        }
    }

    @Nested
    class Masks {

        @Test
        void make_keys_and_values_disappear() {
            Attention result = SdpaOracle.attention(
                    new float[] {1, 0},
                    new float[] {1, 0, NAN, NAN, 0, 1},
                    new float[] {10, NAN, 20},
                    new byte[] {1, 0, 1},
                    dims(1, 3, 2, 1),
                    1);

            assertThat(result.probs().values()).containsExactly(new double[] {0.7310586, 0, 0.2689414}, within(5e-8));
            assertThat(result.out().values()).containsExactly(new double[] {12.689414}, within(5e-7));
            assertThat(result.probsBounds()[1]).isZero();
        }

        @Test
        void leave_zero_where_no_key_is_permitted() {
            Attention result = SdpaOracle.attention(
                    new float[] {1, 2},
                    new float[] {1, NAN},
                    new float[] {7, 9},
                    new byte[] {0, 0, 1, 0},
                    dims(2, 2, 1, 1),
                    1);

            assertThat(result.probs().values()).containsExactly(0, 0, 1, 0);
            assertThat(result.out().values()).containsExactly(0, 7);
        }

        @Test
        void are_shared_by_the_heads_of_a_sequence() {
            Dims dims = new Dims(2, 2, 1, 2, 1, 1);
            float[] ones = {1, 1, 1, 1};
            float[] keys = {1, 1, 1, 1, 1, 1, 1, 1};

            Attention result = SdpaOracle.attention(ones, keys, keys, new byte[] {1, 0, 0, 1}, dims, 1);

            assertThat(result.probs().values()).containsExactly(1, 0, 1, 0, 0, 1, 0, 1);
        }
    }

    @Nested
    class Bounds {

        @Test
        void grow_with_the_error_of_the_logits() {
            Attention result = SdpaOracle.attention(
                    new float[] {2, 1}, new float[] {3, -4, 1, 1}, new float[] {1, 1}, null, dims(1, 2, 2, 1), 0.5f);

            // scores 1 and 1.5; the larger sum of absolute terms is 6 + 4
            double delta = 0x1p-21 * (4 + Math.sqrt(2)) * 0.5 * 10;
            double p = 1 / (1 + Math.exp(0.5));
            assertThat(result.probs().values()[0]).isCloseTo(p, within(1e-15));
            assertThat(result.probsBounds()[0]).isCloseTo(1e-7 + 1e-5 * p + 2 * delta * p, within(1e-15));
            assertThat(result.outBounds()[0]).isCloseTo(1e-6 + 0x1p-22 * (4 + Math.sqrt(2)) + 2 * delta, within(1e-15));
        }
    }

    private static Dims dims(int queries, int keys, int depth, int width) {
        return new Dims(1, 1, queries, keys, depth, width);
    }
}
