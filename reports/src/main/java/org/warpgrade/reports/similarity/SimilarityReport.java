package org.warpgrade.reports.similarity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.html.HtmlReport;
import org.warpgrade.reports.html.Pages;

/** {@code index.html} with every pair, and {@code pair-N.html} with both texts side by side. For instructors only. */
public final class SimilarityReport {

    private SimilarityReport() {}

    /** Pairs of one assignment. */
    public record Group(String assignment, int works, List<SimilarPair> pairs) {}

    /** A pair in the list. */
    public record Row(
            String page, String assignment, String first, String second, String percent, int symbols, int pieces) {}

    /**
     * Writes the pages and their style sheets.
     *
     * @param language {@code en} or {@code zh}
     * @param folder is made if it does not exist
     */
    public static void write(List<Group> groups, String language, Path folder) throws IOException {
        Messages messages = Messages.of(language);
        Files.createDirectories(folder);
        List<Row> rows = new ArrayList<>();
        for (Group group : groups) {
            for (SimilarPair pair : group.pairs()) {
                Row row = row(pair, Inert.text(group.assignment()), "pair-" + (rows.size() + 1) + ".html");
                rows.add(row);
                Files.writeString(
                        folder.resolve(row.page()), pairPage(pair, row, "", messages), StandardCharsets.UTF_8);
            }
        }
        int works = groups.stream().mapToInt(Group::works).sum();
        Map<String, Object> model = Map.of("rows", rows, "works", works);
        Files.writeString(folder.resolve("index.html"), Pages.render("similarity/index.ftlh", messages, model));
        Files.writeString(folder.resolve("report.css"), HtmlReport.styleSheet());
        Files.writeString(folder.resolve("similarity.css"), styleSheet());
    }

    /**
     * The page of one pair.
     *
     * @param root the way from the page to the folder of the style sheets: {@code ../}, empty for the same folder
     */
    public static String pairPage(SimilarPair pair, String assignment, String root, Messages messages) {
        return pairPage(pair, row(pair, Inert.text(assignment), ""), root, messages);
    }

    private static String pairPage(SimilarPair pair, Row row, String root, Messages messages) {
        return Pages.render(
                "similarity/pair.ftlh",
                messages,
                Map.of("row", row, "root", root, "first", SideBySide.first(pair), "second", SideBySide.second(pair)));
    }

    private static Row row(SimilarPair pair, String assignment, String page) {
        return new Row(
                page,
                assignment,
                Inert.text(pair.first().owner()),
                Inert.text(pair.second().owner()),
                String.format(Locale.ROOT, "%.0f", 100 * pair.score()),
                pair.symbols(),
                pair.regions().size());
    }

    /** {@code similarity.css}. */
    public static String styleSheet() {
        return Pages.styleSheet("similarity/similarity.css");
    }
}
