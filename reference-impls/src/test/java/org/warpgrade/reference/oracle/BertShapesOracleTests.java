package org.warpgrade.reference.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.reference.oracle.BertShapesOracle.Config;

class BertShapesOracleTests {

    private static final Config BASE = new Config(8, 128, 30522, 768, 12, 12, 3072, 512, 2, 20);

    @Nested
    class Shapes {

        @Test
        void the_public_values_of_the_curriculum() {
            assertThat(BertShapesOracle.shape(BASE, 9)).containsExactly(8, 12, 128, 128);
            assertThat(BertShapesOracle.shape(BASE, 14)).containsExactly(8, 128, 3072);
            assertThat(BertShapesOracle.shape(BASE, 18)).containsExactly(160, 30522);
        }

        @Test
        void the_parameters_of_bert_base_add_up_to_the_published_110_million() {
            long tables = elements(20) + elements(24) + 2L * 768;
            long attention = elements(21) + 3L * 768 + 768L * 768 + 768;
            long feedForward = elements(22) + 3072 + elements(23) + 768;
            long norms = 2L * 768;
            long pooler = 768L * 768 + 768;

            assertThat(tables + norms + 12 * (attention + feedForward + 2 * norms) + pooler)
                    .isEqualTo(109_482_240);
        }

        @Test
        void the_product_of_queries_and_transposed_keys_has_the_shape_of_the_scores() {
            int[] q = BertShapesOracle.shape(BASE, 7);
            int[] k = BertShapesOracle.shape(BASE, 8);

            assertThat(q[3]).isEqualTo(k[2]);
            assertThat(new int[] {q[0], q[1], q[2], k[3]}).isEqualTo(BertShapesOracle.shape(BASE, 9));
        }

        @Test
        void a_row_holds_the_rank_and_pads_with_zeros() {
            assertThat(BertShapesOracle.row(BASE, 19)).containsExactly(2, 8, 2, 0, 0);
        }

        @Test
        void there_is_no_node_26() {
            assertThatThrownBy(() -> BertShapesOracle.shape(BASE, 26)).hasMessage("BERT has no node 26");
        }

        private long elements(int node) {
            return Arrays.stream(BertShapesOracle.shape(BASE, node))
                    .asLongStream()
                    .reduce(1, Math::multiplyExact);
        }
    }

    @Nested
    class Validity {

        @Test
        void heads_must_divide_the_hidden_size() {
            assertThat(new Config(1, 1, 1, 10, 1, 3, 1, 1, 1, 1).valid()).isFalse();
            assertThat(new Config(1, 1, 1, 9, 1, 3, 1, 1, 1, 1).valid()).isTrue();
        }

        @Test
        void the_sequence_may_be_as_long_as_the_position_table_but_no_longer() {
            assertThat(new Config(1, 5, 1, 1, 1, 1, 1, 5, 1, 1).valid()).isTrue();
            assertThat(new Config(1, 6, 1, 1, 1, 1, 1, 5, 1, 1).valid()).isFalse();
        }

        @Test
        void every_size_is_at_least_one() {
            for (int field = 0; field < 10; field++) {
                int[] sizes = BASE.fields();
                sizes[field] = 0;

                assertThat(BertShapesOracle.row(Config.of(sizes), 0)).containsExactly(-1, 0, 0, 0, 0);
            }
        }
    }

    @Nested
    class Solving {

        private final int[] scores = {8, 12, 128, 128};
        private final int[] heads = {8, 12, 128, 64};
        private final int[] ffn = {8, 128, 3072};
        private final int[] table = {30522, 768};

        @Test
        void bert_base_from_its_shapes() {
            assertThat(BertShapesOracle.solve(scores, heads, ffn, table))
                    .containsExactly(0, 8, 128, 768, 12, 3072, 30522);
        }

        @Test
        void a_size_that_contradicts_itself_is_refused() {
            heads[2] = 127;

            assertThat(BertShapesOracle.solve(scores, heads, ffn, table)).containsExactly(-1, 0, 0, 0, 0, 0, 0);
        }

        @Test
        void heads_times_head_size_must_be_the_width_of_the_table() {
            table[1] = 767;

            assertThat(BertShapesOracle.solve(scores, heads, ffn, table)[0]).isEqualTo(-1);
        }

        @Test
        void a_free_size_may_be_anything_from_one_on() {
            ffn[2] = 1;
            assertThat(BertShapesOracle.solve(scores, heads, ffn, table)).containsExactly(0, 8, 128, 768, 12, 1, 30522);

            ffn[2] = 0;
            assertThat(BertShapesOracle.solve(scores, heads, ffn, table)[0]).isEqualTo(-1);
        }
    }
}
