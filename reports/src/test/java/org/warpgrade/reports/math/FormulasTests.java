package org.warpgrade.reports.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulasTests {

    /** Typical formulas, each as TeX and as MathML; {@code -Dgolden.update=true} writes the file anew. */
    @Test
    void typical_formulas_become_what_the_golden_file_says() throws Exception {
        String name = "formulas.txt";
        String golden;
        try (InputStream in = FormulasTests.class.getResourceAsStream(name)) {
            golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> tex = golden.lines().filter(line -> line.startsWith("$")).toList();
        StringBuilder rendered = new StringBuilder();
        for (String line : tex) {
            boolean display = line.startsWith("$$");
            String body = display ? line.substring(2, line.length() - 2) : line.substring(1, line.length() - 1);
            rendered.append(line)
                    .append('\n')
                    .append(Formulas.toMathMl(body, display))
                    .append("\n\n");
        }
        if (Boolean.getBoolean("golden.update")) {
            update(name, rendered.toString());
            return;
        }
        assertThat(tex).hasSizeGreaterThan(20);
        assertThat(rendered).hasToString(golden);
    }

    @Test
    void the_golden_formulas_are_well_formed() throws Exception {
        try (InputStream in = FormulasTests.class.getResourceAsStream("formulas.txt")) {
            String golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : golden.lines().filter(l -> l.startsWith("<math")).toList()) {
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static void update(String name, String text) throws IOException {
        Files.writeString(
                Path.of(System.getProperty("warpgrade.home", ".."))
                        .resolve("reports/src/test/resources/org/warpgrade/reports/math")
                        .resolve(name),
                text);
    }

    @Nested
    class Gaps {

        @Test
        void a_minus_that_is_a_sign_is_told_from_one_that_joins() throws FormulaException {
            assertThat(Formulas.toMathMl("-a - b = -c", false))
                    .isEqualTo("<math><mrow><mo form=\"prefix\">−</mo><mi>a</mi><mo>−</mo><mi>b</mi><mo>=</mo>"
                            + "<mo form=\"prefix\">−</mo><mi>c</mi></mrow></math>");
        }

        @Test
        void a_function_name_keeps_off_its_neighbours_but_not_off_a_parenthesis() throws FormulaException {
            String thin = "<mspace width=\"0.167em\"/>";

            assertThat(Formulas.toMathMl("2 \\sin x", false)).contains("<mn>2</mn>" + thin + "<mi>sin</mi>" + thin);
            assertThat(Formulas.toMathMl("\\sin(x)", false)).doesNotContain("mspace");
        }

        @Test
        void bars_open_and_close_in_turn() throws FormulaException {
            assertThat(Formulas.toMathMl("|a| |b|", false))
                    .containsSubsequence("prefix", "<mi>a</mi>", "postfix", "prefix", "<mi>b</mi>", "postfix");
        }
    }

    @Nested
    class Names {

        @Test
        void three_small_letters_are_one_name() throws FormulaException {
            assertThat(Formulas.toMathMl("cols", false)).isEqualTo("<math><mi>cols</mi></math>");
        }

        @Test
        void two_letters_and_capitals_are_factors() throws FormulaException {
            assertThat(Formulas.toMathMl("dx", false)).contains("<mi>d</mi><mi>x</mi>");
            assertThat(Formulas.toMathMl("MNK", false)).contains("<mi>M</mi><mi>N</mi><mi>K</mi>");
        }
    }

    @Nested
    class Mistakes {

        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                value = {
                    "a + \\foo ~ column 5: unknown macro '\\foo'",
                    "\\frac{a} ~ column 9: '\\frac' needs something after it",
                    "x^2^3 ~ column 4: a second '^' on the same base; use braces",
                    "{a + b ~ column 7: '{' is not closed",
                    "a} ~ column 2: '}' closes nothing",
                    "\\left( a ~ column 9: '\\left' is not closed",
                    "\\left( a } ~ column 1: '\\left' is closed by '}'",
                    "\\left x ~ column 7: 'x' is no delimiter",
                    "\\begin{tabular} a \\end{tabular} ~ column 1: unknown environment 'tabular'",
                    "\\begin{matrix} a \\end{cases} ~ column 18: '\\end' does not fit '\\begin{matrix}'",
                    "\\text{a ~ column 6: '{' is not closed",
                    "\\text a ~ column 7: '\\text' needs braces after it",
                    "a 时 b ~ column 3: '时' has no meaning here; words go into \\text{…}",
                    "a \" b ~ column 3: '\"' has no meaning here",
                    "a \\ ~ column 3: '\\' ends the formula"
                })
        void are_told_with_their_column(String tex, String message) {
            assertThatThrownBy(() -> Formulas.toMathMl(tex, false))
                    .isInstanceOf(FormulaException.class)
                    .hasMessage(message);
        }
    }
}
