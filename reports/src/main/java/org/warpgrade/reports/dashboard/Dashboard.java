package org.warpgrade.reports.dashboard;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.html.HtmlReport;
import org.warpgrade.reports.html.Pages;
import org.warpgrade.reports.similarity.SimilarityReport;

/**
 * The dashboard of a class, for its instructors: {@code index.html} with the students by id, {@code by-points.html} with the
 * same in the order of their points, and a page for each pair of alike works.
 */
public final class Dashboard {

    /** Pages of pairs for each assignment; the table lists more. */
    static final int MOST_PAIRS = 100;

    private Dashboard() {}

    /**
     * Every file by its name.
     *
     * @param similar pairs of alike works by assignment, most alike first
     * @param reports whether results have a page to link to
     */
    public static Map<String, String> render(
            Gradebook book, Map<String, List<SimilarPair>> similar, boolean reports, String language) {
        Messages messages = Messages.of(language);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("index.html", page(new DashboardView(book, similar, reports, false, messages), messages));
        files.put("by-points.html", page(new DashboardView(book, similar, reports, true, messages), messages));
        similar.forEach((assignment, pairs) -> {
            for (int i = 0; i < Math.min(MOST_PAIRS, pairs.size()); i++) {
                files.put(
                        pairPage(assignment, i), SimilarityReport.pairPage(pairs.get(i), assignment, "../", messages));
            }
        });
        files.put("report.css", HtmlReport.styleSheet());
        files.put("dashboard.css", Pages.styleSheet("dashboard/dashboard.css"));
        files.put("similarity.css", SimilarityReport.styleSheet());
        return files;
    }

    /** The name of the page of a pair of an assignment. */
    static String pairPage(String assignment, int index) {
        return "similar/" + assignment + "-" + (index + 1) + ".html";
    }

    private static String page(DashboardView view, Messages messages) {
        Map<String, Object> model = new HashMap<>();
        model.put("view", view);
        return Pages.render("dashboard/index.ftlh", messages, model);
    }
}
