package org.warpgrade.checks.att;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class MaskDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("attn-masks");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        masks-rows             | the mask hides rows: padding must hide keys (columns), padded queries still attend.
        masks-rows-too         | padded queries are hidden as well: only keys (columns) are padded away.
        causal-without-self    | a position does not see itself: the comparison must include equality.
        offset-ignored         | the query's position is q: the offset is not added.
        prefix-anded           | the prefix and the causal condition are both demanded: one of them is enough, k <= q or k < prefix.
        prefix-and-causal-bit  | the prefix is hidden by the causal condition: prefix-LM replaces it, k <= q or k < prefix.
        window-one-too-wide    | the window is one too wide.
        window-one-sided       | the window looks only backwards: it reaches as far to both sides.
        empty-means-all        | a sequence of length 0 is not masked: its rows must be all 0.
        permutation-strict     | a position does not see itself: the comparison must include equality.
        mask-inverted          | 0 and 1 are exchanged: 1 means may attend.
        constant               | everything is permitted: are the conditions evaluated?
        zeros                  | nothing is permitted: is the predicate filled in?
        bias-always-minus-1e4  | blocked keys get -10000 whatever value is asked for: write the argument blocked.
        bias-times-blocked     | permitted keys get NaN: (1 - mask) * blocked is 0 * -inf; choose with ?: instead.
        bias-clamped           | With blocked = -inf a blocked key must get no weight at all.
        first-element-only     | rows longer than 1024 are wrong from element 1024 on: does the loop stride past blockDim.x?
        concept-inference-not-causal | the whole target: in training a decoder's query t sees its past only, as at inference
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String cause) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(cause);
    }
}
