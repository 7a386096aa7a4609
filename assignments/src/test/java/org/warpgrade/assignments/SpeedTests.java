package org.warpgrade.assignments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.assignments.Assignment.Performance;

class SpeedTests {

    @Nested
    class A_formula {

        private static final Map<String, Integer> SIZES = Map.of("n", 10, "H", 1024, "big_2", 2_000_000_000);

        @ParameterizedTest
        @CsvSource({
            "12 * n, 120",
            "2 + 3 * n - 1, 31",
            "(2 + 3) * n, 50",
            "4*(n+(n-1))*2 , 152",
            "0.5 * H, 512",
            "big_2 * big_2, 4e18",
            "20 - 10 - 5, 5"
        })
        void has_the_value_of_arithmetic(String formula, double value) {
            assertThat(SizeFormula.value(formula, SIZES)).isEqualTo(value);
        }

        @Test
        void names_what_is_wrong_and_where() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SizeFormula.value("8 * m", SIZES))
                    .withMessage("'8 * m': there is no size 'm' (before character 6)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SizeFormula.value("(8 * n", SIZES))
                    .withMessage("'(8 * n': ')' is missing (before character 7)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SizeFormula.value("8 / n", SIZES))
                    .withMessage("'8 / n': ' ' is not expected (before character 2)");
        }
    }

    @Nested
    class Points {

        private final Performance performance = new Performance("MEM", "8 * n", 0.5, 0.8, 10, null);

        @ParameterizedTest
        @CsvSource({"0.49, 0", "0.5, 5", "0.56, 6", "0.65, 8", "0.79, 10", "0.8, 10", "1.2, 10", "NaN, 0"})
        void grow_from_half_at_pass_to_all_at_full(double fraction, int points) {
            assertThat(performance.earned(fraction)).isEqualTo(points);
        }

        @Test
        void are_all_there_at_pass_where_it_is_also_full() {
            assertThat(new Performance("MEM", "8 * n", 0.5, 0.5, 10, null).earned(0.5))
                    .isEqualTo(10);
        }
    }
}
