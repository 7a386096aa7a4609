package org.warpgrade.reports.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.warpgrade.engine.similarity.SimilarPair;

class DashboardTests {

    private static final SimilarPair PAIR = Classes.pair();

    private static String page(String language) {
        return Dashboard.render(Classes.small(), Map.of("op-softmax", List.of(PAIR)), true, language)
                .get("index.html");
    }

    @Nested
    class Page {

        @Test
        void tells_grades_with_marks_and_links_to_the_reports() {
            assertThat(page("en"))
                    .contains(
                            "<th scope=\"row\">ann</th><td>Ann Lee</td><td class=\"n\"><a href=\"results/student/op-softmax/"
                                    + "abababababababab-c0ffee/index.html\">100</a></td>")
                    .contains("<abbr title=\"decided by a person\">D</abbr>")
                    .contains("<th scope=\"row\">cem</th><td>Cem</td><td class=\"n\">–</td>");
        }

        @Test
        void names_the_checks_that_nobody_passes() {
            assertThat(page("en"))
                    .contains("<li>op-softmax H12 · Check 12</li>")
                    .contains("nobody passes");
            assertThat(page("zh")).contains("<li>op-softmax H12 · 检查 12</li>").contains("无人通过");
        }

        @Test
        void keeps_to_the_policy_of_Jenkins() {
            Dashboard.render(Classes.large(20), Map.of("op-softmax", List.of(PAIR)), true, "en")
                    .forEach((name, text) -> {
                        if (name.endsWith(".html")) {
                            assertThat(text)
                                    .as(name)
                                    .doesNotContain("<script")
                                    .doesNotContain("style=")
                                    .doesNotContain("<style")
                                    .doesNotContain("http://www.w3.org/1999")
                                    .doesNotContainPattern("(src|href)=\"(https?:|//)");
                        }
                    });
        }

        @Test
        void orders_by_id_and_on_another_page_by_points() {
            Map<String, String> files = Dashboard.render(Classes.small(), Map.of(), true, "en");

            assertThat(files.get("index.html")).containsSubsequence(">ann</th>", ">bob</th>", ">cem</th>");
            assertThat(files.get("by-points.html")).contains("<strong aria-current=\"page\">By points</strong>");
        }

        @Test
        void without_reports_links_nowhere() {
            assertThat(Dashboard.render(Classes.small(), Map.of(), false, "en").get("index.html"))
                    .doesNotContain("results/");
        }

        @Test
        void hostile_names_are_inert() {
            String text =
                    Dashboard.render(Classes.hostile(), Map.of(), true, "en").get("index.html");

            assertThat(text)
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;, ‹U+202E›evil")
                    .contains("&lt;b&gt;Class&lt;/b&gt;")
                    .contains("a␊b.cu")
                    .doesNotContain("<script")
                    .doesNotContain("<img");
        }
    }

    @Nested
    class Pairs {

        @Test
        void are_the_pages_of_the_similarity_report() {
            String text = Dashboard.render(Classes.small(), Map.of("op-softmax", List.of(PAIR)), true, "en")
                    .get("similar/op-softmax-1.html");

            assertThat(text)
                    .contains("<h1>ann and bob</h1>")
                    .contains("href=\"../report.css\"")
                    .contains("href=\"../similarity.css\"")
                    .contains("<a href=\"../index.html\">")
                    .contains("<tr class=\"shared shared-1\" id=\"a1\"><td class=\"number\">2</td>")
                    .contains("<span class=\"keyword\">int</span> &lt;b&gt;;");
        }
    }

    @Nested
    class ManyPairs {

        @Test
        void show_the_most_alike_and_keep_the_rest_at_hand() {
            String text = Dashboard.render(
                            Classes.small(), Map.of("op-softmax", Collections.nCopies(40, PAIR)), true, "en")
                    .get("index.html");

            assertThat(text).contains("<summary>25 more pairs</summary>").contains("similar/op-softmax-40.html");
        }
    }

    @Nested
    class Size {

        @Test
        void a_thousand_students_fit_into_two_mebibytes_and_three_seconds(TestReporter reporter) {
            ThreadMXBean clock = ManagementFactory.getThreadMXBean();
            long start = clock.getCurrentThreadCpuTime();
            Map<String, String> files = Dashboard.render(
                    Classes.large(1000), Map.of("op-softmax", Collections.nCopies(100, PAIR)), true, "en");
            double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;

            int bytes = files.get("index.html").getBytes(StandardCharsets.UTF_8).length;
            reporter.publishEntry(Map.of("bytes of index.html", "" + bytes, "processor seconds", "" + seconds));
            assertThat(bytes).isLessThan(2 << 20);
            assertThat(seconds)
                    .as("processor time, because the machine may have other work")
                    .isLessThan(3);
        }
    }
}
