package org.warpgrade.checks.cud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class SaxpyDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("cuda-saxpy");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        overwrites-y             | y holds a x alone: the old y has to be added, y += a x
        factor-forgotten         | y holds x + y: the factor a is not used
        copy-of-x                | y is a copy of x
        zeros                    | y is 0: the result is not stored, or is multiplied away
        m1-one-too-many          | Access out of bounds at m1-one-too-many.cu:9 in saxpy_kernel
        missing-guard            | Access out of bounds at missing-guard.cu:8 in saxpy_kernel
        m2-no-loop               | each thread does only its first element, and there are fewer threads than elements
        m3-negative-starts-at-0  | 4 bytes before the start of x
        m3b-absolute-increment   | a negative increment is taken as its absolute value: element 0 lies at (1 - n) * inc
        m4-ignores-incy          | y is updated as if incy were 1
        m4b-ignores-incx         | x is read as if incx were 1
        writes-gaps              | the gaps of y are set to 0: only the n elements may be written
        zero-increment-as-one    | x[i] is read although incx is 0: every element is x[0]
        zero-factor-shortcut     | a = 0 is taken as a shortcut: 0 * NaN and 0 * infinity are NaN
        nan-laundered            | NaN and infinity come out as large finite numbers
        one-thread               | All work is done by a single thread.
        one-thread-of-many       | at most 32768 allowed: does one thread walk the whole vector?
        half-precision           | is something computed or stored in half or TF32 precision instead of float?
        factor-absolute          | saxpy with a and then with -a gives the first y back
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String cause) {
        assertThat(MUTANTS.englishMessage(mutant)).contains(cause);
    }

    @Test
    void the_cause_is_told_in_chinese_too() {
        assertThat(MUTANTS.chineseMessage("m4-ignores-incy")).contains("y 是按 incy = 1 更新的");
    }
}
