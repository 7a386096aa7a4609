package org.warpgrade.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.reports.dashboard.Classes;
import org.warpgrade.reports.dashboard.Dashboard;
import org.warpgrade.reports.html.HtmlReport;
import org.warpgrade.reports.similarity.SimilarityReport;

/** One page of each kind, for tests that look at pages as their readers do. */
public final class SamplePages {

    /** A page with everything that goes with it. */
    private sealed interface Page {

        void write(Path folder) throws IOException;

        String html();
    }

    private record ResultPage(GradingResult result, Audience audience, String language, boolean withHandout)
            implements Page {

        @Override
        public void write(Path folder) throws IOException {
            Reports.write(result, audience, language, handout(), Results.attempts(), folder);
        }

        @Override
        public String html() {
            GradingResult shown = Inert.of(Reports.forAudience(result, audience));
            return HtmlReport.page(shown, audience == Audience.INSTRUCTOR, language, handout(), Results.attempts());
        }

        private @Nullable Handout handout() {
            return withHandout ? SamplePages.handout(language) : null;
        }
    }

    private record ClassPage(Gradebook gradebook, String language) implements Page {

        private Map<String, String> files() {
            return Dashboard.render(
                    gradebook, Map.of("op-softmax", Collections.nCopies(20, Classes.pair())), true, language);
        }

        @Override
        public void write(Path folder) throws IOException {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files().entrySet()) {
                Path place = folder.resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.writeString(place, file.getValue());
            }
        }

        @Override
        public String html() {
            return files().get("index.html");
        }
    }

    private record PairPage(String language) implements Page {

        @Override
        public void write(Path folder) throws IOException {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("index.html"), html());
            Files.writeString(folder.resolve("report.css"), HtmlReport.styleSheet());
            Files.writeString(folder.resolve("similarity.css"), SimilarityReport.styleSheet());
        }

        @Override
        public String html() {
            return SimilarityReport.pairPage(Classes.pair(), "op-softmax", "", Messages.of(language));
        }
    }

    private static final Map<String, Page> PAGES = new TreeMap<>(Map.of(
            "passed", new ResultPage(Results.passed(), Audience.STUDENT, "en", true),
            "failed", new ResultPage(Results.failed(), Audience.STUDENT, "en", false),
            "failed-zh", new ResultPage(Results.failed(), Audience.STUDENT, "zh", true),
            "instructor", new ResultPage(Results.failed(), Audience.INSTRUCTOR, "en", false),
            "compile-error", new ResultPage(Results.doesNotCompile(), Audience.STUDENT, "en", false),
            "hostile", new ResultPage(Results.hostile(), Audience.STUDENT, "en", false),
            "class", new ClassPage(Classes.small(), "en"),
            "class-zh", new ClassPage(Classes.large(30), "zh"),
            "class-hostile", new ClassPage(Classes.hostile(), "en"),
            "pair", new PairPage("en")));

    private SamplePages() {}

    public static Stream<String> names() {
        return PAGES.keySet().stream();
    }

    /** A folder for each page with everything that goes with it. */
    public static void write(Path folder) throws IOException {
        for (Map.Entry<String, Page> named : PAGES.entrySet()) {
            named.getValue().write(folder.resolve(named.getKey()));
        }
    }

    /** One page alone. */
    static String html(String name) {
        return PAGES.get(name).html();
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
