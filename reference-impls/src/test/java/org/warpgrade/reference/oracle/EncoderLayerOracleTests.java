package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Norm;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Size;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Slip;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Stages;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Weights;

class EncoderLayerOracleTests {

    private static final int GELU = 4;

    /** The public fills of the curriculum (C14) at base 1. */
    private static Weights fills(int h, int i) {
        return new Weights(
                new MhaOracle.Weights(
                        Inputs.fill(1, h * h),
                        Inputs.fill(2, h),
                        Inputs.fill(3, h * h),
                        Inputs.fill(4, h),
                        Inputs.fill(5, h * h),
                        Inputs.fill(6, h),
                        Inputs.fill(7, h * h),
                        Inputs.fill(8, h)),
                new Norm(gain(9, h), Inputs.fill(10, h)),
                new FfnOracle.Weights(
                        Inputs.fill(11, i * h), Inputs.fill(12, i), Inputs.fill(13, h * i), Inputs.fill(14, h)),
                new Norm(gain(15, h), Inputs.fill(16, h)));
    }

    private static float[] gain(int k, int h) {
        float[] gain = Inputs.fill(k, h);
        for (int i = 0; i < h; i++) {
            gain[i] = 1 + 0.1f * gain[i];
        }
        return gain;
    }

    private static Stages published(int[] len) {
        return EncoderLayerOracle.stages(Inputs.fill(0, 12), fills(4, 8), len, new Size(1, 3, 4, 2, 8), GELU, 1e-12f);
    }

    @Nested
    class PublicCase {

        @Test
        void has_the_values_printed_in_the_curriculum() {
            double[] y = published(null).y().values();

            assertThat(Arrays.copyOf(y, 4))
                    .containsExactly(new double[] {0.6718973, -0.6467126, 0.4495500, -1.8040846}, within(5e-7));
            assertThat(Arrays.copyOfRange(y, 8, 12))
                    .containsExactly(new double[] {0.5941084, -0.9429981, 0.6352117, -1.6332015}, within(5e-7));
        }

        @Test
        void has_the_values_printed_for_two_real_tokens() {
            double[] y = published(new int[] {2}).y().values();

            assertThat(Arrays.copyOf(y, 4))
                    .containsExactly(new double[] {0.6511754, -0.6229660, 0.4553512, -1.8132695}, within(5e-7));
        }
    }

    @Test
    void with_silent_sublayers_is_the_input_normalised_twice() {
        Weights w = fills(4, 8);
        Weights silent = new Weights(
                new MhaOracle.Weights(
                        w.attention().wq(),
                        null,
                        w.attention().wk(),
                        null,
                        w.attention().wv(),
                        null,
                        new float[16],
                        null),
                new Norm(new float[] {1, 1, 1, 1}, null),
                new FfnOracle.Weights(w.ffn().w1(), w.ffn().b1(), new float[32], null),
                new Norm(new float[] {1, 1, 1, 1}, null));

        Stages stages =
                EncoderLayerOracle.stages(new float[] {1, 2, 3, 4}, silent, null, new Size(1, 1, 4, 2, 8), GELU, 1e-5f);

        // the LayerNorm example of the curriculum
        assertThat(stages.norm1().values())
                .containsExactly(new double[] {-1.34163542, -0.44721181, 0.44721181, 1.34163542}, within(5e-8));
        assertThat(stages.y().values()[3]).isCloseTo(1.34163542 / Math.sqrt(1 - 0.00000799994 + 1e-5), within(1e-6));
    }

    @Test
    void padding_does_not_reach_real_tokens() {
        float[] x = Arrays.copyOf(Inputs.fill(0, 8), 12);
        Arrays.fill(x, 8, 12, Float.NaN);
        Size three = new Size(1, 3, 4, 2, 8);
        Size two = new Size(1, 2, 4, 2, 8);

        double[] padded = EncoderLayerOracle.stages(x, fills(4, 8), new int[] {2}, three, 1, 1e-5f)
                .y()
                .values();
        double[] alone = EncoderLayerOracle.stages(Inputs.fill(0, 8), fills(4, 8), null, two, 1, 1e-5f)
                .y()
                .values();

        assertThat(Arrays.copyOf(padded, 8)).containsExactly(alone);
        assertThat(padded[8]).isNaN();
    }

    @Test
    void every_slip_changes_the_output() {
        for (Slip slip : Slip.values()) {
            // relu and gelu each hide one of the slips, and so do the two usual values of eps
            int act = slip == Slip.ALWAYS_GELU ? 1 : GELU;
            float eps = slip == Slip.EPS_OF_BERT ? 1e-3f : 1e-12f;
            eps = slip == Slip.EPS_OUTSIDE_ROOT ? 1e-2f : eps;
            Size size = new Size(1, 3, 4, 2, 8);
            double[] right = EncoderLayerOracle.stages(Inputs.fill(0, 12), fills(4, 8), new int[] {2}, size, act, eps)
                    .y()
                    .values();
            double[] wrong = EncoderLayerOracle.stages(
                            Inputs.fill(0, 12), fills(4, 8), new int[] {2}, size, act, eps, slip)
                    .y()
                    .values();
            if (slip != Slip.NONE && slip != Slip.ZERO_TIMES_NAN) {
                assertThat(wrong).as("%s", slip).isNotEqualTo(right);
            }
        }
    }
}
