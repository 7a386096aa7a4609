package org.warpgrade.reports.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.html.HtmlReport;
import org.warpgrade.reports.html.Pages;

/**
 * The dashboard of a class, for its instructors: {@code index.html} with the students by id, {@code by-points.html} with the
 * same in the order of their points, and a page for each pair of alike works.
 */
public final class Dashboard {

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
        files.putAll(PairPages.render(similar, messages));
        files.put("report.css", HtmlReport.styleSheet());
        files.put("dashboard.css", styleSheet());
        return files;
    }

    private static String page(DashboardView view, Messages messages) {
        Map<String, Object> model = new HashMap<>();
        model.put("view", view);
        return Pages.render("dashboard/index.ftlh", messages, model);
    }

    private static String styleSheet() {
        try (InputStream in = Objects.requireNonNull(
                Dashboard.class.getResourceAsStream("dashboard.css"), "dashboard.css is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
