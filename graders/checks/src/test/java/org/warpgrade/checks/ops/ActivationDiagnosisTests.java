package org.warpgrade.checks.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class ActivationDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("op-activations");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        m1-tanh-for-erf            | H2 | y fits the tanh form of GELU: kind 4 is 0.5 x (1 + erf(x / sqrt 2))
        m1b-erf-for-tanh           | H2 | y fits the erf form of GELU: kind 5 is the tanh form
        m6-cubic-0044              | H2 | y fits the constant 0.044 in front of x^3: it is 0.044715
        m6b-cubic-00447            | H2 | y fits the constant 0.0447 in front of x^3: it is 0.044715
        m5-nan-laundering          | H4 | a NaN becomes 0: fmaxf(x, 0) and x > 0 ? x : 0 both swallow it
        m5b-nan-compared           | H4 | a NaN becomes 0: fmaxf(x, 0) and x > 0 ? x : 0 both swallow it
        m4-sigmoid-overflows       | H3 | y is NaN where the exponential is infinite: infinity over infinity
        tanh-overflows             | H3 | y is NaN where the exponential is infinite: infinity over infinity
        leaky-relu                 | P1 | negative values come through, scaled down: relu gives 0 for all of them
        kinds-from-zero            | P1 | y fits kind 0 (none) instead of kind 5 (gelu_tanh): are the codes right?
        dy-ignored                 | P2 | dx is the derivative alone: is it multiplied by dy?
        dy-added                   | P2 | dx is the derivative plus dy: by the chain rule it is the product
        dy-absolute                | H2 | dx fits the absolute value of dy: its sign has to come through
        m3-relu-slope-at-zero      | H4 | dx fits a slope of 1 at 0: relu'(0) is 0 here
        slope-of-output            | H2 | dx fits x in the place of y: s (1 - s) and 1 - t^2 are formulas in the output, not in the input
        scaled-by-constant         | H2 | dx is 4 times too large: the slope of the sigmoid is s (1 - s), at most 1/4
        m2-half-lost               | H2 | dx fits 1 + erf(x / sqrt 2) without the factor 0.5
        density-forgotten          | H2 | dx fits Phi(x) alone: by the product rule x times the density is missing
        inner-derivative-forgotten | H2 | dx fits the tanh form without the inner derivative 1 + 3 * 0.044715 x^2
        concept-quarter-for-all    | H8 | the answers fit 1/4 per layer for every kind: only the slope of the sigmoid is at most 1/4
        concept-half               | H8 | the answers fit 1/2 per layer of sigmoid: 1/2 is its value at 0, its slope there is 1/4
        concept-values             | H8 | the answers are products of the activation's values: a derivative is a product of slopes
        concept-first-layer        | H8 | the answers fit the slope at z[0] to the power L: every layer has a pre-activation of its own
        fp16-arithmetic            | H2 | is something computed or stored in half or TF32 precision instead of float?
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String check, String cause) {
        assertThat(MUTANTS.message(mutant, check).en()).contains(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        m2-half-lost    | H5 | dx is dy times the slope of your own forward function, measured by differences
        clipped-gradient | H6 | dx of dy1 + dy2 is the sum of both dx
        none-is-relu    | H7 | kind 0 is the identity, so f(a + b) must equal f(a) + f(b)
        copy-of-input   | H7 | kind 1 (relu) behaves like a linear function
        one-thread      | S1 | executes 100 % of all instructions on 16384 elements: give each thread elements of its own
        """)
    void a_broken_property_is_told_as_such(String mutant, String check, String property) {
        assertThat(MUTANTS.message(mutant, check).en()).contains(property);
    }

    @Test
    void the_cause_is_told_in_chinese_too() {
        assertThat(MUTANTS.message("dy-ignored", "P2").zh()).contains("dx 只是导数：是否乘了 dy？");
    }
}
