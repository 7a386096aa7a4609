package org.warpgrade.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.reports.Messages;

class BoundFormulaTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "|y-o| <= 1e-7 + 1e-5 |o|; |y − o| ≤ 10⁻⁷ + 10⁻⁵ |o|",
                "|y-o| <= 1e-6 + 2^-22 (4 + sqrt K) M, K terms; |y − o| ≤ 10⁻⁶ + 2⁻²² (4 + √K) M, K terms",
                "|dx - slope| <= 5e-4 max|dy|; |dx − slope| ≤ 5·10⁻⁴ max|dy|",
                "|y-o| <= o (1e-5 + (2^-22 |mean| o)^2); |y − o| ≤ o (10⁻⁵ + (2⁻²² |mean| o)²)",
            })
    void is_written_with_the_signs_of_a_formula(String written, String read) {
        assertThat(BoundFormula.readable(written, Messages.of("en"))).isEqualTo(read);
    }

    @Test
    void exactness_is_a_word() {
        assertThat(BoundFormula.readable("exact", Messages.of("en"))).isEqualTo("exact: every bit counts");
        assertThat(BoundFormula.readable("exact", Messages.of("zh"))).isEqualTo("精确：逐位相同");
    }
}
