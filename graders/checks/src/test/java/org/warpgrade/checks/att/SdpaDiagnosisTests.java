package org.warpgrade.checks.att;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class SdpaDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("attn-sdpa");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        scale-ignored            | the values fit a scale of 1: are the scores multiplied by scale?
        scale-own-square-root    | the values fit a scale of 1/sqrt(D): the argument scale must be used as it is.
        scale-one-over-d         | the values fit a scale of 1/D: the argument scale must be used as it is.
        softmax-over-queries     | the softmax runs over the queries of a key: it must run over the keys of a query.
        empty-row-uniform        | a query without permitted keys attends to everything: its probabilities and output must be 0.
        mask-after-softmax       | blocked probabilities are 0 but the rest does not sum to 1: mask the scores before the softmax.
        blocked-key-subtracts-1e4 | the mask has no effect: is it read, and does it replace the score? (NaN plus anything is NaN)
        mask-inverted            | the mask works the wrong way round: 1 means may attend.
        zero-times-nan           | the output is NaN where a blocked value is NaN: 0 * NaN is NaN, so blocked values must be skipped.
        no-max-subtraction       | exp of the scores overflows: is the row's maximum subtracted first?
        zeros                    | every element is 0: is the kernel filled in and launched?
        half-precision           | is something computed or stored in half or TF32 precision instead of float?
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String cause) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shares-one-maximum        | permuting the queries must permute the rows of the output, bit for bit
        same-buffer-means-causal  | q, k and v in one buffer must give what three equal buffers give
        """)
    void a_broken_property_is_told_as_such(String mutant, String property) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(property);
    }
}
