package org.warpgrade.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.reports.html.HtmlReport;

/** One page of each kind, for tests that look at pages as their readers do. */
public final class SamplePages {

    private record Page(GradingResult result, Audience audience, String language, boolean handout) {}

    private static final Map<String, Page> PAGES = new TreeMap<>(Map.of(
            "passed", new Page(Results.passed(), Audience.STUDENT, "en", true),
            "failed", new Page(Results.failed(), Audience.STUDENT, "en", false),
            "failed-zh", new Page(Results.failed(), Audience.STUDENT, "zh", true),
            "instructor", new Page(Results.failed(), Audience.INSTRUCTOR, "en", false),
            "compile-error", new Page(Results.doesNotCompile(), Audience.STUDENT, "en", false),
            "hostile", new Page(Results.hostile(), Audience.STUDENT, "en", false)));

    private SamplePages() {}

    public static Stream<String> names() {
        return PAGES.keySet().stream();
    }

    /** A folder for each page with everything that goes with it. */
    public static void write(Path folder) throws IOException {
        for (Map.Entry<String, Page> named : PAGES.entrySet()) {
            Page page = named.getValue();
            Handout handout = page.handout() ? handout(page.language()) : null;
            Reports.write(page.result(), page.audience(), page.language(), handout, Results.attempts(), folder.resolve(named.getKey()));
        }
    }

    /** One page alone. */
    static String html(String name) {
        Page page = PAGES.get(name);
        GradingResult shown = Inert.of(Reports.forAudience(page.result(), page.audience()));
        Handout handout = page.handout() ? handout(page.language()) : null;
        return HtmlReport.page(shown, page.audience() == Audience.INSTRUCTOR, page.language(), handout, Results.attempts());
    }

    private static Handout handout(String language) {
        Path home = Path.of(System.getProperty("warpgrade.home", ".."));
        try {
            return new Handout(Files.readString(
                    Catalog.of(home).handout("op-softmax", language).orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
