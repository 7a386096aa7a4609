package org.warpgrade.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.reports.exchange.JUnitXml;
import org.warpgrade.reports.exchange.MarkdownSummary;
import org.warpgrade.reports.exchange.Sarif;
import org.warpgrade.reports.html.HtmlReport;
import org.warpgrade.reports.terminal.Palette;
import org.warpgrade.reports.terminal.TerminalSummary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTests {

    private static final String HANDOUT = """
            # Row softmax

            With $m = \\max_j x_j$, *each* row $i$:

            $$y_i = \\frac{\\exp(x_i - m)}{\\sum_{j=1}^{n} \\exp(x_j - m)}$$

            ## Rules

            | kind | $f(x)$ |
            |---|---|
            | 1 | $\\max(x, 0)$ |

            ```cpp
            if (a < b) x[i] = "$";
            ```

            ### Rules

            No <script>alert(1)</script>, no [link](javascript:alert(1)), and $\\foo$ as typed.
            """;

    @Nested
    class GoldenPages {

        @ParameterizedTest
        @ValueSource(strings = {"en", "zh"})
        void a_failed_submission(String language) {
            Golden.assertMatches(student(Results.failed(), language), "failed-" + language + ".html");
        }

        @Test
        void a_passed_submission() {
            Golden.assertMatches(student(Results.passed(), "en"), "passed-en.html");
            Golden.assertMatches(student(Results.measured(), "en"), "measured-en.html");
        }

        @Test
        void one_that_does_not_compile() {
            Golden.assertMatches(student(Results.doesNotCompile(), "en"), "compile-error-en.html");
        }

        @Test
        void the_instructors_view() {
            Golden.assertMatches(HtmlReport.page(Inert.of(Results.failed()), true, "en"), "instructor-en.html");
        }

        @Test
        void a_handout_with_formulas() {
            Golden.assertMatches(withHandout(HANDOUT, "en"), "handout-en.html");
        }
    }

    @Nested
    class GoldenFiles {

        private final GradingResult failed = Inert.of(Reports.forAudience(Results.failed(), Audience.STUDENT));

        @Test
        void junit_xml() {
            Golden.assertMatches(JUnitXml.render(failed, "en"), "junit.xml");
        }

        @Test
        void junit_xml_of_what_never_ran() {
            Golden.assertMatches(JUnitXml.render(Inert.of(Results.doesNotCompile()), "en"), "junit-compile-error.xml");
        }

        @Test
        void sarif() {
            Golden.assertMatches(Sarif.render(failed, "en"), "report.sarif");
        }

        @Test
        void markdown() {
            Golden.assertMatches(MarkdownSummary.render(failed, "en"), "summary.md");
        }

        @Test
        void terminal() {
            Golden.assertMatches(
                    String.join("\n", TerminalSummary.lines(failed, "en", Palette.plain())) + "\n", "terminal.txt");
        }

        @Test
        void terminal_in_chinese() {
            Golden.assertMatches(
                    String.join("\n", TerminalSummary.lines(failed, "zh", Palette.plain())) + "\n", "terminal-zh.txt");
        }
    }

    @Nested
    class Terminals {

        @Test
        void no_line_is_wider_than_the_terminal() {
            GradingResult failed = Inert.of(Reports.forAudience(Results.failed(), Audience.STUDENT));
            for (int columns : List.of(60, 80, 100)) {
                assertThat(TerminalSummary.lines(failed, "en", Palette.plain().wide(columns)))
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
            }
        }

        @Test
        void widths_that_do_not_read_well_are_not_used() {
            assertThat(Palette.plain().wide(20).columns()).isEqualTo(60);
            assertThat(Palette.plain().wide(300).columns()).isEqualTo(120);
            assertThat(Palette.plain().wide(0).columns()).isEqualTo(100);
        }
    }

    @Nested
    class JenkinsPolicy {

        @Test
        void no_script_no_style_and_nothing_from_elsewhere() {
            for (GradingResult result :
                    List.of(Results.passed(), Results.failed(), Results.doesNotCompile(), Results.hostile())) {
                String page = student(result, "en");
                assertThat(page).doesNotContainPattern("(?i)<script").doesNotContainPattern("(?i)<style");
                assertHarmless(page);
            }
        }

        @Test
        void nor_in_any_handout() throws Exception {
            Catalog catalog = Catalog.of(Path.of(System.getProperty("warpgrade.home", "..")));
            for (String id : catalog.ids()) {
                for (String language : List.of("en", "zh")) {
                    assertHarmless(withHandout(
                            Files.readString(catalog.handout(id, language).orElseThrow()), language));
                }
            }
        }

        private void assertHarmless(String page) {
            assertThat(page).containsOnlyOnce("<h1");
            for (String tag : tags(page)) {
                Matcher attribute = Pattern.compile("([\\w:-]+)=\"([^\"]*)\"").matcher(tag);
                while (attribute.find()) {
                    assertThat(attribute.group(1)).doesNotMatch("(?i)style|on\\w+");
                    if (attribute.group(1).matches("(?i)href|src")) {
                        assertThat(attribute.group(2)).matches("#.*|report\\.css");
                    }
                }
            }
        }

        private List<String> tags(String page) {
            return Pattern.compile("<[a-zA-Z][^>]*>")
                    .matcher(page)
                    .results()
                    .map(match -> match.group())
                    .toList();
        }
    }

    @Nested
    class Secrets {

        /** The seed, the case and the expected value of a hidden check. */
        private static final List<String> HIDDEN = List.of("4711", "rows=3 cols=1000", "0.00091276", "1.09e-7");

        @TempDir
        private Path folder;

        @Test
        void no_format_tells_a_student_hidden_data() throws IOException {
            Reports.write(Results.failed(), Audience.STUDENT, "en", folder);

            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    assertThat(Files.readString(file)).as(file.toString()).doesNotContain(HIDDEN);
                }
            }
            GradingResult shown = Reports.forAudience(Results.failed(), Audience.STUDENT);
            assertThat(String.join("\n", Reports.terminalLines(shown, "en", Palette.plain())))
                    .doesNotContain(HIDDEN);
        }

        @Test
        void an_instructor_sees_it() throws IOException {
            Reports.write(Results.failed(), Audience.INSTRUCTOR, "en", folder);

            assertThat(Files.readString(folder.resolve("index.html"))).contains(HIDDEN);
        }
    }

    @Nested
    class HostileContent {

        private final GradingResult hostile = Inert.of(Results.hostile());

        @Test
        void the_page_holds_no_markup_of_the_submission() {
            String page = student(Results.hostile(), "en");

            assertThat(page).doesNotContain("<script>alert").doesNotContain("<img src=x");
            assertThat(page).doesNotContain("\u0000", "\u0007", "\u001b", "\u202E", "\u2066");
            assertThat(page).contains("‹U+202E›gnp.exe");
            assertThat(page.length()).isLessThan(100_000);
        }

        @Test
        void junit_xml_stays_well_formed() throws Exception {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(
                            JUnitXml.render(hostile, "en").getBytes(StandardCharsets.UTF_8)));

            assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(1);
        }

        @Test
        void sarif_stays_json_and_its_file_a_relative_uri() {
            JsonNode log = JsonMapper.shared().readTree(Sarif.render(hostile, "en"));

            assertThat(log.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                            .asString())
                    .startsWith("%3C%2Fscript".replace("%2F", "/"))
                    .doesNotContain("<", " ");
        }

        @Test
        void markdown_holds_no_markup() {
            assertThat(MarkdownSummary.render(hostile, "en").replaceAll("`[^`]*`", ""))
                    .doesNotContain("<script", "<img", "\u202E");
        }

        @Test
        void the_terminal_receives_no_escape_sequences() {
            assertThat(String.join("\n", TerminalSummary.lines(hostile, "en", Palette.plain())))
                    .doesNotContain("\u001b", "\u0007", "\u202E")
                    .contains("␛[31m");
        }
    }

    private static String withHandout(String markdown, String language) {
        return HtmlReport.page(Inert.of(Results.passed()), false, language, new Handout(markdown));
    }

    private static String student(GradingResult result, String language) {
        return HtmlReport.page(
                Inert.of(Reports.forAudience(result, Audience.STUDENT)), false, language, null, Results.attempts());
    }
}
