package org.warpgrade.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.Severity;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;
import org.warpgrade.reports.html.LineMeters.Meter;

/** The student's file line by line, coloured, with everything that is known of a line beneath it. */
public final class SourceListing {

    /**
     * One line.
     *
     * @param number 1-based
     * @param spans its text in pieces
     * @param notes what is to be said of it
     * @param gauges what it costs, one for each column of the margin; empty if nothing was counted in the whole file
     */
    public record Line(int number, List<Span> spans, List<Note> notes, List<Gauge> gauges) {}

    /**
     * One counter of a line in the margin.
     *
     * @param text as shown, empty if the line has nothing of the kind
     * @param bad whether it is worth a look
     */
    public record Gauge(String text, boolean bad) {
        static final Gauge NONE = new Gauge("", false);
    }

    /** @param kind a CSS class such as {@code keyword}, empty for plain text */
    public record Span(String kind, String text) {}

    /**
     * A remark on a line.
     *
     * @param severity {@code error}, {@code warning} or {@code note}
     * @param title the kind of finding, or who speaks
     * @param text one or several sentences
     */
    public record Note(String severity, String title, String text) {}

    private SourceListing() {}

    static List<Line> of(GradingResult result, Messages messages) {
        Map<Integer, Set<Note>> notes = notes(result, messages);
        Map<Integer, Meter> meters = LineMeters.of(result);
        List<Line> lines = new ArrayList<>();
        int number = 1;
        for (List<Span> spans : Highlighting.lines(result.submission().text())) {
            lines.add(new Line(number, spans, List.copyOf(notes.getOrDefault(number, Set.of())),
                    meters.isEmpty() ? List.of() : gauges(meters.get(number))));
            number++;
        }
        return lines;
    }

    /** Sectors per request, bank conflicts, branches that part, and the share of all instructions. */
    private static List<Gauge> gauges(@Nullable Meter meter) {
        if (meter == null) {
            return List.of(Gauge.NONE, Gauge.NONE, Gauge.NONE, Gauge.NONE);
        }
        double parted = 1 - meter.uniform();
        return List.of(
                meter.touchesGlobal()
                        ? new Gauge(Numbers.rough(meter.sectorsPerRequest()), meter.used() < LineMeters.WASTEFUL)
                        : Gauge.NONE,
                meter.touchesShared()
                        ? new Gauge(Numbers.rough(meter.conflictsPerAccess()), meter.conflicts() > 0)
                        : Gauge.NONE,
                meter.branches()
                        ? new Gauge(Numbers.percent(parted), meter.uniform() < LineMeters.DIVERGENT)
                        : Gauge.NONE,
                new Gauge(meter.share() >= 0.005 ? Numbers.percent(meter.share()) : "", false));
    }

    private static Map<Integer, Set<Note>> notes(GradingResult result, Messages messages) {
        String file = result.submission().file();
        Map<Integer, Set<Note>> notes = new TreeMap<>();
        for (Diagnostic d : result.diagnostics()) {
            if (d.at() != null && d.at().file().equals(file)) {
                notes.computeIfAbsent(d.at().line(), line -> new LinkedHashSet<>())
                        .add(new Note(severity(d.severity()), result.compiler(), messages.said(d.message())));
            }
        }
        for (CheckResult check : result.checks()) {
            for (Finding f : check.findings()) {
                if (f.at() != null && f.at().file().equals(file)) {
                    notes.computeIfAbsent(f.at().line(), line -> new LinkedHashSet<>())
                            .add(new Note(
                                    severity(f.severity()),
                                    messages.text("finding." + f.kind().id()) + " · " + check.id(),
                                    messages.said(f.message())));
                }
            }
        }
        return notes;
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case NOTE -> "note";
            case WARNING -> "warning";
            case ERROR -> "error";
        };
    }
}
