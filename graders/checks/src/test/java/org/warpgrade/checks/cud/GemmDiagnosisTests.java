package org.warpgrade.checks.cud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.checks.MutantGrading;

class GemmDiagnosisTests {

    private static final MutantGrading MUTANTS = new MutantGrading("cuda-gemm");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        k-tail-dropped       | H1 | the last K % 16 terms of every sum are missing: is the number of tiles along K rounded down?
        m5-ta-ignored        | P2 | C fits an A that is not transposed: is ta looked at?
        tb-ignored           | P2 | C fits a B that is not transposed: is tb looked at?
        alpha-forgotten      | P2 | C is right for alpha = 1: is the product multiplied by alpha?
        alpha-twice          | P2 | C fits alpha squared: is alpha applied twice?
        alpha-on-beta        | P2 | C fits alpha * (A B + beta C): alpha belongs to the product only
        beta-forgotten       | P2 | C is right for beta = 0: is beta * C added?
        m3-ldb-for-a         | H5 | C fits an A that is read with the pitch of B: is lda used for A and ldb for B?
        m6-column-major      | P1 | C fits B A instead of A B: matrices are stored row by row here, not column by column
        transposed-result    | P1 | C is transposed: are row and column swapped when it is written?
        alpha-zero-reads     | H4 | A and B are read although alpha is 0: 0 * NaN is NaN
        m1-beta-zero-reads-c | H3 | C is read although beta is 0: 0 * NaN is NaN
        """)
    void a_mistake_is_told_by_its_cause(String mutant, String check, String cause) {
        assertThat(MUTANTS.message(mutant, check).en()).contains(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        alpha-twice | H7 | the result is linear in alpha; for a power of two exactly so
        one-thread  | S1 | executes 100 % of all instructions of a 64 x 64 product: share the elements of C among many threads
        empty-grid  | H2 | the kernel was not launched: the grid
        """)
    void a_broken_property_is_told_as_such(String mutant, String check, String property) {
        assertThat(MUTANTS.message(mutant, check).en()).contains(property);
    }

    @Test
    void the_cause_is_told_in_chinese_too() {
        assertThat(MUTANTS.message("beta-forgotten", "P2").zh()).contains("beta = 0 时 C 是对的：是否加了 beta * C？");
    }
}
