package org.warpgrade.checks.blk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class FfnDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("blk-ffn");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        m1-activation-after-second-layer | Likely cause: the activation comes after the second layer: it belongs between the two.
        m2-bias-after-activation         | Likely cause: b1 is added after the activation: act(w1 x + b1), not act(w1 x) + b1.
        m3-tanh-gelu-for-erf             | Likely cause: this is the other GELU: code 4 is the erf form, code 5 the tanh form.
        m4b-sum-ends-at-4h               | Likely cause: the sum ends after 4 H hidden units: use I, which is a parameter of its own.
        m5-value-for-slope               | Likely cause: multiplied by act(z), the value after the activation, in place of the derivative act'(z).
        m5b-slope-after-activation       | Likely cause: the derivative is taken at act(z); take it at z, the value before the activation.
        m5c-no-slope                     | Likely cause: the gradient passes the activation unchanged: multiply by act'(z).
        m6-bias-gradient-over-features   | Likely cause: summed along the features of one token: a bias gradient sums over tokens, one sum per feature.
        leaky-dead-units                 | Likely cause: a unit with z < 0 still gets 1 % of the gradient: the slope of relu is 0 there.
        no-first-bias                    | Likely cause: b1 is missing.
        no-second-bias                   | Likely cause: b2 is missing.
        copy-of-x                        | Likely cause: y is a copy of x: is the second layer launched?
        values-transposed                | Likely cause: w2 is read transposed: the value of hidden unit i is column i of w2[H][I].
        unit-without-bias                | Likely cause: the bias b is missing.
        operations-counted-once          | Likely cause: half of it: a multiply-add counts as 2.
        share-always-two-thirds          | Likely cause: always 2/3: that holds for I = 4 H only.
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String cause) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gradients-are-means    | This must hold: parameter gradients are sums over tokens: those of two halves add up to those of the whole
        tokens-share-a-maximum | This must hold: changing one token changes no other token's output
        nan-laundered          | fmaxf(z, 0) turns NaN into 0, z < 0 ? 0 : z keeps it
        always-activates       | with code 0 the block must be linear, f(a) + f(b) = f(a+b) + f(0), and is not: is an activation applied anyway?
        never-activates        | with an activation the block must not be linear
        """)
    void a_broken_property_is_told_as_such(String mutant, String property) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(property);
    }

    @Test
    void causes_are_told_in_chinese_too() {
        assertThat(MUTANTS.chineseMessage("m1-activation-after-second-layer")).contains("激活函数放在了第二层之后：它应在两层之间");
    }
}
