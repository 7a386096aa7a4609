package org.warpgrade.reports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.Attempt;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.Redaction;
import org.warpgrade.reports.exchange.JUnitXml;
import org.warpgrade.reports.exchange.MarkdownSummary;
import org.warpgrade.reports.exchange.Sarif;
import org.warpgrade.reports.html.HtmlReport;
import org.warpgrade.reports.terminal.Palette;
import org.warpgrade.reports.terminal.TerminalSummary;

/**
 * Every format of a result, for one audience. Whatever comes in is redacted and made inert here, once, so that no format
 * can show more than another.
 */
public final class Reports {

    private Reports() {}

    /** What the audience may see. Redacting twice changes nothing. */
    public static GradingResult forAudience(GradingResult result, Audience audience) {
        return Redaction.forAudience(result, audience);
    }

    /** Loads what the first report needs, for a thread that has nothing better to do. */
    public static void warmUp() {
        Messages.of("en");
        HtmlReport.warmUp();
    }

    /**
     * Writes {@code index.html}, {@code report.css}, {@code junit.xml}, {@code report.sarif} and {@code summary.md}.
     *
     * @param folder is made if it does not exist
     */
    public static void write(GradingResult result, Audience audience, String language, Path folder) throws IOException {
        write(result, audience, language, null, folder);
    }

    /** The same with the handout, in the language of the report, on the page; without it if it is null. */
    public static void write(
            GradingResult result, Audience audience, String language, @Nullable Handout handout, Path folder)
            throws IOException {
        write(result, audience, language, handout, List.of(), folder);
    }

    /** The same with the student's attempts so far, this one included, the oldest first. */
    public static void write(
            GradingResult result,
            Audience audience,
            String language,
            @Nullable Handout handout,
            List<Attempt> attempts,
            Path folder)
            throws IOException {
        GradingResult shown = Inert.of(forAudience(result, audience));
        Files.createDirectories(folder);
        put(folder, "index.html", HtmlReport.page(shown, audience == Audience.INSTRUCTOR, language, handout, attempts));
        put(folder, "report.css", HtmlReport.styleSheet());
        put(folder, "junit.xml", JUnitXml.render(shown, language));
        put(folder, "report.sarif", Sarif.render(shown, language));
        put(folder, "summary.md", MarkdownSummary.render(shown, language));
    }

    /** A few lines for the terminal. */
    public static List<String> terminalLines(GradingResult shown, String language, Palette palette) {
        return TerminalSummary.lines(Inert.of(shown), language, palette);
    }

    /** The same result with other timings: stages outside of the engine are the caller's to add. */
    public static GradingResult withTimings(GradingResult r, Map<String, Double> timings) {
        return new GradingResult(
                r.schema(),
                r.assignment(),
                r.title(),
                r.submission(),
                r.verdict(),
                r.score(),
                r.device(),
                r.seed(),
                r.compiler(),
                r.harness(),
                r.diagnostics(),
                r.checks(),
                r.kernels(),
                r.performance(),
                r.printed(),
                r.message(),
                timings);
    }

    private static void put(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
