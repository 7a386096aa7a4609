package org.warpgrade.reports.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.engine.similarity.MatchedRegion;
import org.warpgrade.engine.similarity.MatchedRegion.Lines;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.engine.similarity.Work;
import org.warpgrade.reports.Messages;

class SimilarityReportTests {

    private static final SimilarPair PAIR = new SimilarPair(
            new Work("abe", "a.cu", "int a;\nint b;\nint c;\n"),
            new Work("<script>alert(1)</script>", "z.cu\u202E", "// \"><img src=x onerror=y>\nint b;\u0007\nint c;\n"),
            0.8,
            0.9,
            60,
            List.of(new MatchedRegion(new Lines(2, 3), new Lines(2, 3), 60)));

    @Test
    void shared_pieces_lead_to_each_other() {
        String page = SimilarityReport.pairPage(PAIR, "op-softmax", "", Messages.of("en"));

        assertThat(page)
                .contains("<tr class=\"shared shared-1\" id=\"a1\"><td class=\"number\">2</td>")
                .contains("<a href=\"#b1\"")
                .contains("<tr class=\"shared shared-1\" id=\"b1\">")
                .contains("<a href=\"#a1\"")
                .contains("85 % alike. Shared pieces: 1, with 60 symbols");
    }

    @Test
    void hostile_texts_and_names_stay_text() {
        String page = SimilarityReport.pairPage(PAIR, "<b>", "../", Messages.of("zh"));

        assertThat(page)
                .doesNotContain("<script", "<img", "<b>", "\u202E", "\u0007")
                .contains("&lt;script&gt;");
        assertThat(page).doesNotContainPattern("\\s(style|on\\w+)=\"");
    }

    @Test
    void the_list_names_every_pair_and_its_page(@TempDir Path folder) throws IOException {
        SimilarityReport.write(List.of(new SimilarityReport.Group("op-softmax", 7, List.of(PAIR, PAIR))), "en", folder);

        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("2 pairs above the threshold among 7 files.")
                .contains("<a href=\"pair-2.html\">compare</a>");
        assertThat(folder.resolve("pair-2.html")).isRegularFile();
        assertThat(folder.resolve("similarity.css")).isRegularFile();
    }

    @Test
    void an_honest_class_gets_a_sentence(@TempDir Path folder) throws IOException {
        SimilarityReport.write(List.of(new SimilarityReport.Group("op-softmax", 7, List.of())), "en", folder);

        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("No two files share more than idioms and what everybody was given.");
    }
}
