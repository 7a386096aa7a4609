package org.warpgrade.checks.cud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class ReduceDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("cuda-reduce");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        m1-max-from-zero          | the maximum starts from 0: start from -infinity or from the first element
        smallest-float-start      | the maximum starts from the smallest float instead of -infinity
        argmax-without-winner     | no element wins against the start value: a column of -infinity has its maximum at index 0
        m3-tie-to-highest         | of equal values the one with the highest index is taken: ties go to the lowest
        m6-nan-skipped            | NaN is skipped: fmaxf and > drop it, but a column with a NaN has maximum NaN
        argmax-nan-skipped        | NaN is skipped: the first NaN wins
        last-nan-wins             | the last NaN is found instead of the first
        m5-inner-ignored          | inner is ignored: neighbours along the axis are inner floats apart, (o * n + k) * inner + i
        flat-index                | the index counts from the start of the whole tensor: it is k, the position along the axis
        first-element-only        | only the first 512 elements of the axis are reduced: every thread has to loop
        argmax-first-element-only | only the first 1024 elements of the axis are reduced: every thread has to loop
        first-left-out            | the first element of the axis is left out
        copies-first              | the result is the first element of the axis: nothing is reduced
        zeros                     | the result is 0 everywhere
        mean-not-divided          | the mean is not divided by n
        root-missing              | the square root is missing
        norm-in-float             | the squares overflow to infinity: accumulate in double, or divide by the largest value first
        serial-float              | one float collects a long row: it swallows its summands once it is large
        half-precision            | is something computed or stored in half or TF32 precision instead of float?
        m4-atomic-sum             | Two runs on the same input give different results
        barrier-in-branch         | every thread of the block must reach the same __syncthreads()
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String cause) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(cause);
    }

    @Test
    void the_cause_is_told_in_chinese_too() {
        assertThat(MUTANTS.chineseMessage("m1-max-from-zero")).contains("最大值从 0 开始：应从负无穷或第一个元素开始");
    }
}
