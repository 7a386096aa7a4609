package org.warpgrade.checks.att;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class MhaDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("attn-mha");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        no-query-bias            | q       | stage q: bq is missing
        no-value-bias            | v       | stage v: bv is missing
        m3-keys-from-queries     | k       | stage k: keys are made from xq; they come from xkv
        m3b-values-from-queries  | v       | stage v: values are made from xq; they come from xkv
        m1-scale-by-width        | scores  | stage scores: divided by sqrt(H); the width of a head is D = H/A, so the scale is 1/sqrt(D)
        m1b-no-scale             | scores  | stage scores: the scale 1/sqrt(D) is missing
        m2-interleaved-heads     | scores  | stage scores: heads are taken as features d*A + a; head a owns the features a*D to a*D + D-1
        m5-mask-of-first-batch   | probs   | stage probs: every batch element uses the mask of the first: the mask is [B][Sq][Sk]
        m6-softmax-over-heads    | probs   | stage probs: the softmax runs over all heads of a query together; each head has a softmax of its own
        softmax-over-queries     | probs   | stage probs: the softmax runs over queries; it belongs over the keys of one query
        mask-ignored             | probs   | stage probs: the mask is not applied
        mask-after-softmax       | probs   | stage probs: masked after the softmax: the masked keys are still in the denominator
        empty-rows-uniform       | probs   | stage probs: a query without permitted keys attends to all of them; its probabilities are 0
        masked-values-times-zero | context | stage context: masked values are multiplied by 0, and 0 * NaN is NaN; leave them out instead
        m4-no-output-projection  | out     | stage out: this is the context; the output projection wo, bo is missing
        no-output-bias           | out     | stage out: bo is missing
        """)
    void the_first_wrong_stage_is_named_with_its_cause(String mutant, String stage, String cause) {
        assertThat(MUTANTS.englishMessage(mutant))
                .startsWith("The first stage that goes wrong is " + stage)
                .contains("Likely cause: " + cause + ".");
    }

    @Test
    void stages_before_the_wrong_one_are_listed_as_right() {
        assertThat(MUTANTS.englishMessage("m1b-no-scale"))
                .startsWith(
                        "The first stage that goes wrong is scores (right before it: q, k, v). Case ragged sizes. scores[0][0][0][0] ");
        assertThat(MUTANTS.chineseMessage("m1b-no-scale")).startsWith("最先出错的阶段是 scores（它之前正确的：q, k, v）。");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        always-causal        | This must hold: without positions and masks, reordering the tokens only reorders the outputs
        always-one-head      | Likely cause: stage scores: this is one head of width H; A is not used.
        values-of-first-head | This must hold: reordering the heads in wq, wk, wv (blocks of D rows) and wo (blocks of D columns) changes nothing
        one-head-error-is-quarter | Likely cause: the error of weights 1/2 and 1/2: the best weights depend on a and b.
        cost-of-usual-heads  | Likely cause: right for d = H/A only: use the size of a head that is given.
        rank-of-width        | Likely cause: H/A alone: an S x S matrix has rank at most S.
        """)
    void a_broken_property_is_told_as_such(String mutant, String property) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(property);
    }
}
