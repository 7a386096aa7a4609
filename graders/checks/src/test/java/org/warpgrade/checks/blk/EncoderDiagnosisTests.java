package org.warpgrade.checks.blk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class EncoderDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("blk-encoder-layer");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        scale-by-width                 | scores    | stage scores: divided by sqrt(H); the width of a head is D = H/A, so the scale is 1/sqrt(D)
        no-scale                       | scores    | stage scores: the scale 1/sqrt(D) is missing
        interleaved-heads              | scores    | stage scores: heads are taken as features d*A + a; head a owns the features a*D to a*D + D-1
        m4-padding-attended            | probs     | stage probs: keys of padding (from len[b] on) are attended to
        m4d-padding-times-zero         | context   | stage context: values of padding are multiplied by 0, and 0 * NaN is NaN; leave them out instead
        no-output-projection           | attention | stage attention: the output projection wo, bo is missing
        no-output-bias                 | attention | stage attention: bo is missing
        eps-of-pytorch                 | norm1     | stage norm1: eps is 1e-5 whatever the argument says
        eps-of-bert                    | norm1     | stage norm1: eps is 1e-12 whatever the argument says
        eps-outside-root               | norm1     | stage norm1: eps is added to the root; it belongs under it, sqrt(variance + eps)
        unbiased-variance              | norm1     | stage norm1: the variance is divided by H - 1; LayerNorm divides by H
        always-relu                    | hidden    | stage hidden: relu is used whatever act says
        always-gelu                    | hidden    | stage hidden: gelu is used whatever act says
        tanh-gelu                      | hidden    | stage hidden: this is the tanh form of gelu; code 4 is the erf form
        no-first-bias                  | hidden    | stage hidden: b1 is missing
        m5-no-second-bias              | ffn       | stage ffn: b2 is missing
        no-first-residual              | sum1      | stage sum1: the residual is missing, x + attention
        no-second-residual             | sum2      | stage sum2: the residual is missing, norm1 + ffn
        m3-second-residual-from-input  | sum2      | stage sum2: the second residual starts from x; it starts from norm1
        m2-first-norm-twice            | y         | stage y: the second norm uses the parameters of the first (ln1 in place of ln2)
        """)
    void the_first_wrong_stage_is_named_with_its_cause(String mutant, String stage, String cause) {
        assertThat(MUTANTS.englishMessage(mutant))
                .startsWith("The first stage that goes wrong is " + stage)
                .contains("Likely cause: " + cause + ".");
    }

    @Test
    void stages_before_the_wrong_one_are_listed_as_right() {
        assertThat(MUTANTS.englishMessage("m3-second-residual-from-input"))
                .startsWith(
                        "The first stage that goes wrong is sum2 (right before it: q, k, v, scores, probs, context, attention, "
                                + "sum1, norm1, hidden, ffn). Case ragged sizes. ");
        assertThat(MUTANTS.chineseMessage("m3-second-residual-from-input"))
                .startsWith(
                        "最先出错的阶段是 sum2（它之前正确的：q, k, v, scores, probs, context, attention, sum1, norm1, hidden, ffn）。");
    }

    /** A submission whose stages cannot be asked for is judged by what each mistake would make of its output. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        m1-pre-norm     | this is the pre-norm layer, x + MHA(LN1(x)); BERT normalises after the residual, LN1(x + MHA(x))
        always-one-head | stage scores: this is one head of width H; A is not used
        no-activation   | stage hidden: the activation is missing
        """)
    void without_stages_the_mistake_is_recognised_in_the_output(String mutant, String cause) {
        assertThat(MUTANTS.englishMessage(mutant))
                .startsWith("Case ragged sizes. y[0][0] is the first wrong element.")
                .contains("Likely cause: " + cause + ".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        batch-shares-statistics | This must hold: a batch element gives the same output alone and inside a batch
        position-bias           | This must hold: without positions, reordering the tokens only reorders the outputs
        always-causal           | every real token sees every other, before and after it
        neighbours-only         | every real token sees every other, before and after it
        launch-per-token        | kernel launches
        """)
    void a_broken_property_is_told_as_such(String mutant, String property) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(property);
    }
}
