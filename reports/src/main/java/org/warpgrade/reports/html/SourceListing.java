package org.warpgrade.reports.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.Severity;
import org.warpgrade.reports.Finds;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;
import org.warpgrade.reports.Story;
import org.warpgrade.reports.html.LineMeters.Meter;

/** The student's file line by line, coloured, with everything that is known of a line beneath it. */
public final class SourceListing {

    /**
     * One line.
     *
     * @param number 1-based
     * @param spans its text in pieces
     * @param notes what is to be said of it
     * @param gauges what it costs; a column that says nothing of the line is absent
     */
    public record Line(int number, List<Span> spans, List<Note> notes, Map<Column, Gauge> gauges) {

        public Gauge gauge(Column column) {
            return gauges.getOrDefault(column, Gauge.NONE);
        }
    }

    /** A column of the margin. */
    public enum Column {
        SECTORS,
        CONFLICTS,
        DIVERGENT,
        SHARE;

        /** The end of the key of its heading. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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

    private static final int CONTEXT = 2;

    /** What rounds to 0 % is left out. */
    private static final double LEAST_SHARE = 0.005;

    private SourceListing() {}

    static List<Line> of(GradingResult result, Messages messages) {
        Map<Integer, List<Note>> notes = notes(result, messages);
        Map<Integer, Meter> meters = LineMeters.of(result);
        List<Line> lines = new ArrayList<>();
        int number = 1;
        for (List<Span> spans : Highlighting.lines(result.submission().text())) {
            lines.add(new Line(
                    number, spans, List.copyOf(notes.getOrDefault(number, List.of())), gauges(meters.get(number))));
            number++;
        }
        return lines;
    }

    /** The lines around one of them: enough to see what a finding is about. */
    static List<Line> around(List<Line> source, int line) {
        int from = Math.max(0, line - 1 - CONTEXT);
        int to = Math.min(source.size(), line + CONTEXT);
        return from < to ? source.subList(from, to) : List.of();
    }

    /** Sectors per request, bank conflicts, branches that part, and the share of all instructions. */
    private static Map<Column, Gauge> gauges(@Nullable Meter meter) {
        Map<Column, Gauge> gauges = new EnumMap<>(Column.class);
        if (meter == null) {
            return gauges;
        }
        if (meter.touchesGlobal()) {
            gauges.put(
                    Column.SECTORS,
                    new Gauge(Numbers.rough(meter.sectorsPerRequest()), meter.used() < LineMeters.WASTEFUL));
        }
        if (meter.touchesShared()) {
            gauges.put(Column.CONFLICTS, new Gauge(Numbers.rough(meter.conflictsPerAccess()), meter.conflicts() > 0));
        }
        if (meter.branches()) {
            gauges.put(
                    Column.DIVERGENT,
                    new Gauge(Numbers.percent(1 - meter.uniform()), meter.uniform() < LineMeters.DIVERGENT));
        }
        if (meter.share() >= LEAST_SHARE) {
            gauges.put(Column.SHARE, new Gauge(Numbers.percent(meter.share()), false));
        }
        return gauges;
    }

    /** The columns that any line has something in. */
    static List<Column> columns(List<Line> source) {
        return Arrays.stream(Column.values())
                .filter(column -> source.stream().anyMatch(line -> line.gauges().containsKey(column)))
                .toList();
    }

    private static Map<Integer, List<Note>> notes(GradingResult result, Messages messages) {
        String file = result.submission().file();
        Map<Integer, Set<Note>> said = new TreeMap<>();
        for (Diagnostic d : result.diagnostics()) {
            if (d.at() != null && d.at().file().equals(file)) {
                said.computeIfAbsent(d.at().line(), line -> new LinkedHashSet<>())
                        .add(new Note(severity(d.severity()), result.compiler(), messages.said(d.message())));
            }
        }
        Map<Integer, List<Note>> notes = new TreeMap<>();
        said.forEach((line, set) -> notes.put(line, new ArrayList<>(set)));
        for (Finds finds : Finds.of(result)) {
            Finding first = finds.first();
            if (first.at() != null && first.at().file().equals(file)) {
                notes.computeIfAbsent(first.at().line(), line -> new ArrayList<>())
                        .add(new Note(
                                severity(first.severity()),
                                Story.title(first, messages) + " · " + String.join(", ", finds.checks()),
                                messages.said(first.message())));
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
