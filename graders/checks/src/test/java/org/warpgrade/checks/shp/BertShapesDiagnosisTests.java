package org.warpgrade.checks.shp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class BertShapesDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("shape-bert");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        m1-heads-forgotten        | node 9 (attention scores)
        m1-heads-forgotten        | the heads are forgotten: every head has a matrix of scores of its own
        m2-k-not-transposed       | K is not transposed: the last two axes change places for the product Q K^T
        m3-four-h                 | 4H is used for the inner size: it is I, a size of its own
        m4-pooled-keeps-tokens    | the axis of tokens is still there: pooling keeps only the first token of each sentence
        m5-logits-everywhere      | there are logits for every token: only the M masked tokens of each sentence are predicted
        m6-too-long-accepted      | S > P is accepted
        ragged-heads-accepted     | H % A != 0 is accepted
        zero-sizes-accepted       | sizes below 1 are accepted
        longest-refused           | S = P is refused: only S > P is too long
        single-head-refused       | a single head, token or sentence is refused: 1 is a size like any other
        heads-behind-tokens       | the heads are split off but still stand behind the tokens: they move in front, [B,A,S,D]
        head-size-64              | the head size is taken to be 64: it is D = H / A
        mask-per-token            | a mask [B,S] does not broadcast over heads and queries: two axes of extent 1 are missing
        positions-per-sentence    | the position embeddings are the same for every sentence: their first extent is 1
        weights-transposed        | the weight is [in][out]: the layout is [out][in], y = x W^T
        gathered-not-flattened    | the masked tokens of all sentences are flattened into one axis, B*M
        layers-behind-batch       | the layers stand behind the batch: stacking puts the new axis in front, [L,B,S,H]
        extent-left-unset         | the last extent is never written to dim
        everything-refused        | -1 is returned: is this node filled in, and is the configuration taken for invalid?
        h-shrinks-scores          | a score is one number for a pair of tokens, however long their vectors are.
        solve-h-from-head-size    | H is the size of one head: it is the width of the word table, A * D
        solve-i-from-h            | I is taken to be 4H: read it from the shape of the FFN
        solve-swaps-axes          | A and S are exchanged: the scores are [B,A,S,S]
        solve-believes-everything | contradictions are not noticed: a size that occurs several times must be the same everywhere
        solve-forgets-heads       | the number of heads in the two shapes that have it is not compared
        solve-ignores-table       | the width of the word table is not compared with A * D
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String cause) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(cause);
    }

    @Test
    void the_cause_is_told_in_chinese_too() {
        assertThat(MUTANTS.chineseMessage("m3-four-h")).contains("中间维用了 4H：它是独立的尺寸 I");
    }
}
