package org.warpgrade.checks.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class SoftmaxDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("op-softmax");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        no-max-subtraction        | exp of the logits overflows: is the row's maximum subtracted first?
        max-over-whole-tensor     | rows far below the largest one are 0/0: is the maximum taken over the whole tensor instead of the row?
        max-starts-at-zero        | rows without a positive logit are wrong: does the maximum start at 0 instead of -INFINITY?
        sums-over-columns         | the values are those of a softmax over each column: the sum must run along the row.
        nan-row-becomes-zero      | rows that must be NaN are 0: is NaN swallowed by fmaxf or by a test of the sum?
        nan-laundered             | rows that must be NaN are 0: is NaN swallowed by fmaxf or by a test of the sum?
        copies-input              | the output is the input: is the result ever computed?
        zeros                     | every element is 0: is the kernel filled in and launched?
        constant                  | every element is 1 / cols: do the logits enter the result at all?
        half-precision            | is something computed or stored in half or TF32 precision instead of float?
        whole-warps-only          | is the remainder handled when the size is not a multiple of 32?
        reduction-needs-full-warps | rows that must sum to 1 do not
        backward-without-sum-term | dx is y * dy: the sum over y_j dy_j is not subtracted.
        backward-sums-dy-only     | the subtracted sum is that of dy alone: each dy_j must be weighted by y_j.
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String cause) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        epsilon-in-denominator | A row does not sum to 1: is its denominator the sum of exactly its own exponentials, without an epsilon?
        clamps-exponent        | softmax(x + c) must equal softmax(x): subtract the row's maximum
        maximum-of-four-rows   | adding a row must not change the other rows
        backward-diagonal-only | dx must be the slope of your own softmax
        """)
    void a_broken_property_is_told_as_such(String mutant, String property) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(property);
    }

    @Test
    void the_cause_is_told_in_chinese_too() {
        assertThat(MUTANTS.chineseMessage("no-max-subtraction")).contains("logits 的 exp 溢出：是否先减去了该行的最大值？");
    }

    @Test
    void uninitialised_scratch_is_told_as_memory_that_was_never_written() {
        assertThat(MUTANTS.englishMessage("uninitialised-scratch"))
                .containsIgnoringCase("memory that was never written")
                .contains("uninitialised-scratch.cu:15");
    }

    @Test
    void a_missing_barrier_is_told_as_a_race_at_its_line() {
        assertThat(MUTANTS.englishMessage("missing-barrier"))
                .contains("Data race in shared memory at missing-barrier.cu:28 in softmax_kernel")
                .contains("without a barrier in between: is a __syncthreads() missing?");
    }
}
