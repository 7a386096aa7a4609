package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.reference.oracle.MaskOracle.CAUSAL;
import static org.warpgrade.reference.oracle.MaskOracle.DOCUMENT;
import static org.warpgrade.reference.oracle.MaskOracle.NO_SELF;
import static org.warpgrade.reference.oracle.MaskOracle.PADDING;
import static org.warpgrade.reference.oracle.MaskOracle.PERMUTATION;
import static org.warpgrade.reference.oracle.MaskOracle.PREFIX;
import static org.warpgrade.reference.oracle.MaskOracle.WINDOW;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.oracle.MaskOracle.Config;

class MaskOracleTests {

    @Nested
    class SingleKinds {

        @Test
        void no_condition_permits_everything() {
            assertThat(MaskOracle.mask(square(0, 2), 1)).containsExactly(1, 1, 1, 1);
        }

        @Test
        void causal_is_the_lower_triangle() {
            assertThat(MaskOracle.mask(square(CAUSAL, 3), 1)).containsExactly(1, 0, 0, 1, 1, 0, 1, 1, 1);
        }

        @Test
        void padding_blocks_the_last_column_in_every_row() {
            assertThat(MaskOracle.mask(square(PADDING, 3), 1)).containsExactly(1, 1, 0, 1, 1, 0, 1, 1, 0);
        }

        @Test
        void prefix_is_seen_by_everyone() {
            assertThat(MaskOracle.mask(square(PREFIX, 3), 1)).containsExactly(1, 1, 0, 1, 1, 0, 1, 1, 1);
        }

        @Test
        void prefix_replaces_the_causal_condition() {
            assertThat(MaskOracle.mask(square(PREFIX | CAUSAL, 3), 1))
                    .containsExactly(MaskOracle.mask(square(PREFIX, 3), 1));
        }

        @Test
        void window_reaches_as_far_on_both_sides() {
            assertThat(MaskOracle.mask(square(WINDOW, 4), 1))
                    .containsExactly(1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1);
        }

        @Test
        void window_with_causal_looks_back_only() {
            assertThat(MaskOracle.mask(square(WINDOW | CAUSAL, 3), 1)).containsExactly(1, 0, 0, 1, 1, 0, 0, 1, 1);
        }

        @Test
        void documents_are_blocks() {
            Config c = new Config(DOCUMENT, 3, 3, 0, 0, 0, null, new int[] {7, 7, 4}, null);

            assertThat(MaskOracle.mask(c, 1)).containsExactly(1, 1, 0, 1, 1, 0, 0, 0, 1);
        }

        @Test
        void permutation_sees_what_comes_earlier_in_the_order_and_itself() {
            Config c = new Config(PERMUTATION, 3, 3, 0, 0, 0, null, null, new int[] {2, 0, 1});

            assertThat(MaskOracle.mask(c, 1)).containsExactly(1, 1, 1, 0, 1, 0, 0, 1, 1);
            assertThat(MaskOracle.mask(c.withKind(PERMUTATION | NO_SELF), 1))
                    .containsExactly(0, 1, 1, 0, 0, 0, 0, 1, 0);
        }
    }

    @Nested
    class Positions {

        @Test
        void are_shifted_by_the_offset() {
            Config step = new Config(CAUSAL, 1, 5, 0, 0, 3, null, null, null);

            assertThat(MaskOracle.mask(step, 1)).containsExactly(1, 1, 1, 1, 0);
        }

        @Test
        void outside_the_keys_belong_to_no_document_and_no_order() {
            Config c = new Config(DOCUMENT, 1, 2, 0, 0, 2, null, new int[] {1, 1}, new int[] {0, 1});

            assertThat(MaskOracle.mask(c, 1)).containsExactly(0, 0);
            assertThat(MaskOracle.mask(c.withKind(PERMUTATION), 1)).containsExactly(0, 0);
            assertThat(MaskOracle.mask(c.withKind(CAUSAL), 1)).containsExactly(1, 1);
        }
    }

    @Test
    void sequences_have_lengths_of_their_own() {
        Config c = new Config(PADDING, 1, 2, 0, 0, 0, new int[] {0, 2}, null, null);

        assertThat(MaskOracle.mask(c, 2)).containsExactly(0, 0, 1, 1);
        assertThat(MaskOracle.bias(c, 2, Float.NEGATIVE_INFINITY).values())
                .containsExactly(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0);
    }

    /** Size n, length n - 1, prefix 2, window 1. */
    private static Config square(int kind, int n) {
        return new Config(kind, n, n, 2, 1, 0, new int[] {n - 1}, null, null);
    }
}
