package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.MhaOracle.Size;
import org.warpgrade.reference.oracle.MhaOracle.Slip;
import org.warpgrade.reference.oracle.MhaOracle.Stages;
import org.warpgrade.reference.oracle.MhaOracle.Weights;

class MhaOracleTests {

    private static final float[] ONE = {1};
    private static final float[] NONE = {0};

    private static Weights normal(String label, int width) {
        Inputs inputs = Inputs.of(5, label);
        int square = width * width;
        return new Weights(
                inputs.normals(square),
                inputs.normals(width),
                inputs.normals(square),
                inputs.normals(width),
                inputs.normals(square),
                inputs.normals(width),
                inputs.normals(square),
                inputs.normals(width));
    }

    @Nested
    class OneHead {

        @Test
        void has_the_value_printed_in_the_curriculum() {
            Weights ones = new Weights(ONE, NONE, ONE, NONE, ONE, NONE, ONE, NONE);
            float[] x = {1, 2};

            Stages stages = MhaOracle.stages(x, x, ones, null, new Size(1, 2, 2, 1, 1));

            assertThat(stages.scores().values()).containsExactly(1, 2, 2, 4);
            assertThat(stages.out().values()[0]).isCloseTo(1.7310586, within(5e-8));
            assertThat(stages.out().values()[1]).isCloseTo(1.8807971, within(5e-8));
        }

        @Test
        void attends_to_a_single_key_whatever_the_score() {
            Weights w = normal("single", 2);
            float[] keys = {3, -1};

            Stages stages = MhaOracle.stages(new float[] {100, 7}, keys, w, null, new Size(1, 1, 1, 2, 1));

            assertThat(stages.probs().values()).containsExactly(1);
            assertThat(stages.context().values()).containsExactly(stages.v().values());
        }
    }

    @Nested
    class Heads {

        @Test
        void own_adjacent_features() {
            float[] identity = {1, 0, 0, 1};
            Weights w = new Weights(identity, null, identity, null, identity, null, identity, null);
            // queries (1, 0): head 0 sees scores 1 and 0, head 1 sees 0 and 0
            float[] xq = {1, 0};
            float[] xkv = {1, 5, 0, 7};

            Stages stages = MhaOracle.stages(xq, xkv, w, null, new Size(1, 1, 2, 2, 2));

            double p = Math.E / (Math.E + 1);
            assertThat(stages.probs().values()).containsExactly(new double[] {p, 1 - p, 0.5, 0.5}, within(1e-15));
            assertThat(stages.out().values()).containsExactly(new double[] {p, 6}, within(1e-15));
        }

        @Test
        void divide_scores_by_the_root_of_their_own_width() {
            Weights w = normal("scale", 8);
            float[] x = Inputs.of(5, "x").normals(3 * 8);
            double[] two = MhaOracle.stages(x, x, w, null, new Size(1, 3, 3, 8, 2))
                    .scores()
                    .values();
            double[] unscaled = MhaOracle.stages(x, x, w, null, new Size(1, 3, 3, 8, 2), Slip.NO_SCALE)
                    .scores()
                    .values();

            for (int i = 0; i < two.length; i++) {
                assertThat(two[i]).isCloseTo(unscaled[i] / 2, within(1e-12));
            }
        }
    }

    @Nested
    class Masks {

        @Test
        void make_keys_disappear_whatever_they_hold() {
            Weights w = normal("mask", 4);
            float[] queries = Inputs.of(5, "q").normals(2 * 4);
            float[] two = Inputs.of(5, "k").normals(2 * 4);
            float[] three = Arrays.copyOf(two, 12);
            Arrays.fill(three, 8, 12, Float.NaN);
            byte[] mask = {1, 1, 0, 1, 1, 0};

            double[] with = MhaOracle.stages(queries, three, w, mask, new Size(1, 2, 3, 4, 2))
                    .out()
                    .values();
            double[] without = MhaOracle.stages(queries, two, w, null, new Size(1, 2, 2, 4, 2))
                    .out()
                    .values();

            assertThat(with).containsExactly(without);
            assertThat(MhaOracle.stages(queries, three, w, mask, new Size(1, 2, 3, 4, 2), Slip.ZERO_TIMES_NAN)
                            .out()
                            .values())
                    .containsOnly(Double.NaN);
        }

        @Test
        void leave_only_the_output_bias_where_nothing_is_permitted() {
            Weights w = normal("empty", 4);
            float[] x = Inputs.of(5, "x").normals(2 * 4);

            Stages stages = MhaOracle.stages(x, x, w, new byte[] {0, 0, 1, 0}, new Size(1, 2, 2, 4, 2));

            assertThat(Arrays.copyOf(stages.probs().values(), 2)).containsExactly(0, 0);
            assertThat(Arrays.copyOf(stages.context().values(), 4)).containsExactly(0, 0, 0, 0);
            assertThat(Arrays.copyOf(stages.out().values(), 4)).containsExactly(Dense.widen(w.bo()));
        }
    }

    @Test
    void probabilities_of_a_query_sum_to_one() {
        Weights w = normal("sum", 6);
        float[] x = Inputs.of(5, "x").normals(2 * 5 * 6);

        double[] probs =
                MhaOracle.stages(x, x, w, null, new Size(2, 5, 5, 6, 3)).probs().values();

        for (int row = 0; row < probs.length / 5; row++) {
            assertThat(Arrays.stream(probs, row * 5, row * 5 + 5).sum()).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void every_slip_changes_the_output() {
        Weights w = normal("slips", 6);
        Size size = new Size(2, 4, 4, 6, 3);
        float[] xq = Inputs.of(5, "xq").normals(2 * 4 * 6);
        float[] xkv = Inputs.of(5, "xkv").normals(2 * 4 * 6);
        byte[] mask = new byte[2 * 4 * 4];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (i / 4 == 2 ? 0 : i % 3 == 0 ? 0 : 1);
        }
        double[] right = MhaOracle.stages(xq, xkv, w, mask, size).out().values();

        for (Slip slip : Slip.values()) {
            if (slip != Slip.NONE && slip != Slip.ZERO_TIMES_NAN) {
                assertThat(MhaOracle.stages(xq, xkv, w, mask, size, slip).out().values())
                        .as("%s", slip)
                        .isNotEqualTo(right);
            }
        }
    }
}
