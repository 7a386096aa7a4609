package org.warpgrade.reports.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.assignments.Catalog;

class HandoutMarkupTests {

    @Nested
    class Catalogue {

        @ParameterizedTest
        @MethodSource("org.warpgrade.reports.markdown.HandoutMarkupTests#handouts")
        void every_formula_of_every_handout_can_be_read(Path handout) throws IOException {
            assertThat(HandoutMarkup.problems(Files.readString(handout))).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("org.warpgrade.reports.markdown.HandoutMarkupTests#handouts")
        void every_handout_has_formulas_and_none_is_left_as_typed(Path handout) throws IOException {
            String html = HandoutMarkup.render(Files.readString(handout));

            assertThat(html).contains("<math").doesNotContain("unread-formula");
            assertThat(html.replaceAll("(?s)<(pre|code).*?</\\1>", "")).doesNotContain("$");
        }
    }

    @Nested
    class Headings {

        @Test
        void are_demoted_below_the_section_and_have_ids() {
            assertThat(HandoutMarkup.render("# Row softmax\n\n## The `scale`\n\n###### deep\n"))
                    .isEqualTo("""
                            <h3 id="handout-row-softmax">Row softmax</h3>
                            <h4 id="handout-the-scale">The <code>scale</code></h4>
                            <h6 id="handout-deep">deep</h6>
                            """);
        }

        @Test
        void of_the_same_words_have_different_ids() {
            assertThat(HandoutMarkup.render("## 规则\n\n## 规则\n"))
                    .isEqualTo("<h4 id=\"handout-规则\">规则</h4>\n<h4 id=\"handout-规则-2\">规则</h4>\n");
        }
    }

    @Nested
    class Formulas {

        @Test
        void stand_before_emphasis() {
            assertThat(HandoutMarkup.render("$a_i b_j$"))
                    .isEqualTo("<p><math><mrow><msub><mi>a</mi><mi>i</mi></msub>"
                            + "<msub><mi>b</mi><mi>j</mi></msub></mrow></math></p>\n");
        }

        @Test
        void two_dollars_make_a_line_of_its_own() {
            assertThat(HandoutMarkup.render("$$x$$")).contains("<math display=\"block\"><mi>x</mi></math>");
        }

        @Test
        void code_and_escaped_dollars_are_none() {
            assertThat(HandoutMarkup.render("`$x$` and \\$x\\$")).isEqualTo("<p><code>$x$</code> and $x$</p>\n");
        }

        @Test
        void prices_are_none() {
            assertThat(HandoutMarkup.render("from $ 5 to $ 6")).isEqualTo("<p>from $ 5 to $ 6</p>\n");
        }

        @Test
        void one_that_cannot_be_read_is_shown_as_typed() {
            assertThat(HandoutMarkup.render("$a + \\foo$"))
                    .isEqualTo("<p><code class=\"unread-formula\" title=\"column 5: unknown macro '\\foo'\">"
                            + "$a + \\foo$</code></p>\n");
        }
    }

    @Nested
    class Problems {

        @Test
        void are_told_by_line_and_column() {
            assertThat(HandoutMarkup.problems("# Title\n\nfine: $x$\nnot: $a + \\foo$\n"))
                    .containsExactly("line 4, $a + \\foo$, column 5: unknown macro '\\foo'");
        }

        @Test
        void a_dollar_without_a_partner() {
            assertThat(HandoutMarkup.problems("one\ntwo $x\n")).containsExactly("line 2: a '$' without a partner");
        }
    }

    @Test
    void markup_in_the_text_is_shown_not_obeyed() {
        assertThat(HandoutMarkup.render("<b>x</b> [l](javascript:alert(1))"))
                .isEqualTo("<p>&lt;b&gt;x&lt;/b&gt; <a rel=\"nofollow\" href=\"\">l</a></p>\n");
    }

    static Stream<Path> handouts() {
        Catalog catalog = Catalog.of(Path.of(System.getProperty("warpgrade.home", "..")));
        return catalog.ids().stream()
                .flatMap(id -> List.of("en", "zh").stream()
                        .map(l -> catalog.handout(id, l).orElseThrow()));
    }
}
