package org.warpgrade.checks.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class LayerNormDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("op-layernorm");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        first-1024-columns        | H1a | the mean leaves out every column from 1024 on: does the loop over the row stride past blockDim.x?
        multiples-of-32           | H1a | the mean leaves out the last cols % 32 columns: is cols / 32 rounded down?
        m4-whole-batch-statistics | H1a | every row has the mean of the whole batch: are the sums kept per row?
        m1-unbiased-variance      | H1a | rstd fits a variance divided by cols - 1: LayerNorm divides by cols
        m2-eps-outside-root       | H2  | rstd fits 1 / (sqrt(variance) + eps): eps belongs under the root
        no-eps                    | H4  | rstd fits 1 / sqrt(variance): is eps missing?
        standard-deviation        | P1  | rstd holds the standard deviation: its reciprocal is asked for
        mean-square               | H1a | rstd fits the mean square of x: is the mean taken off before squaring?
        nan-laundering            | H6  | the NaN of a row is lost in rstd: fmaxf and a comparison turn it into a number
        m3-one-pass-variance      | H3  | E[x^2] - E[x]^2 cancels all digits in float; take the mean off first, then square
        no-bias                   | P2  | y is right without the bias: is b added?
        no-gain                   | P2  | y is right without the gain: is (x - mean) * rstd multiplied by g?
        m5-gain-by-row            | H1a | y fits g and b of the row: they are indexed by the column
        mean-left-in              | P2  | y fits x * rstd * g + b: is the mean taken off?
        batch-norm                | H1a | y is normalised down each column, over the rows of the batch: that is BatchNorm
        first-element-only        | H1a | rows longer than 1024 are wrong from element 1024 on: does the loop stride past blockDim.x?
        fp16-arithmetic           | H1a | is something computed or stored in half or TF32 precision instead of float?
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String check, String cause) {
        assertThat(MUTANTS.message(mutant, check).en()).contains(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        depends-on-batch-size | H6 | a row computed alone equals the same row inside a batch, bit for bit
        no-mean-subtraction   | H7 | with eps = 0, LN(a x + c) equals LN(x) for a > 0
        batch-norm            | H8 | padding rows appended to the batch leave the tokens' results unchanged, bit for bit
        """)
    void a_broken_property_is_told_as_such(String mutant, String check, String property) {
        assertThat(MUTANTS.message(mutant, check).en()).contains(property);
    }

    @Test
    void the_cause_is_told_in_chinese_too() {
        assertThat(MUTANTS.message("m2-eps-outside-root", "H2").zh())
                .contains("rstd 与 1 / (sqrt(方差) + eps) 相符：eps 应放在根号里");
    }

    @Test
    void a_null_bias_that_is_read_is_told_with_its_line() {
        assertThat(MUTANTS.message("null-bias-read", "H1b").en())
                .contains("null-bias-read.cu:15")
                .contains("through a null pointer");
    }
}
