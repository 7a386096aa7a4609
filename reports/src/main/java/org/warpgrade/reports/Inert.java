package org.warpgrade.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.CountedRun;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.LineCounters;
import org.warpgrade.engine.result.GradingResult.OccupancyInfo;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Roof;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.SourceLocation;

/**
 * Takes the sting out of text that a submission controls, before any format sees it: control characters become
 * visible, marks that reorder text are named instead of obeyed, endless lines are cut. Escaping markup remains each
 * format's own business.
 */
public final class Inert {

    /** Longer lines are cut: nobody writes them, and browsers stall on them. */
    private static final int LONGEST_LINE = 2000;

    /** Longer texts are cut: the budget of a submission is far below. */
    private static final int LONGEST_TEXT = 1 << 20;

    private Inert() {}

    /** The same result with every text made harmless. */
    public static GradingResult of(GradingResult result) {
        SubmissionInfo submission = result.submission();
        return new GradingResult(
                result.schema(),
                line(result.assignment()),
                text(result.title()),
                new SubmissionInfo(line(submission.file()), line(submission.sha256()), text(submission.text())),
                result.verdict(),
                result.score(),
                result.device(),
                result.seed(),
                line(result.compiler()),
                result.harness(),
                result.diagnostics().stream().map(Inert::diagnostic).toList(),
                result.checks().stream().map(Inert::check).toList(),
                result.kernels().stream().map(Inert::kernel).toList(),
                performance(result.performance()),
                text(result.printed()),
                text(result.message()),
                names(result.timings()));
    }

    private static Diagnostic diagnostic(Diagnostic d) {
        return new Diagnostic(d.severity(), location(d.at()), text(d.message()));
    }

    private static CheckResult check(CheckResult c) {
        return new CheckResult(
                line(c.id()),
                text(c.title()),
                line(c.family()),
                c.visibility(),
                c.points(),
                c.earned(),
                c.status(),
                text(c.message()),
                diagnosis(c.diagnosis()),
                c.findings().stream().map(Inert::finding).toList(),
                c.millis());
    }

    private static @Nullable Diagnosis diagnosis(@Nullable Diagnosis d) {
        return d == null
                ? null
                : new Diagnosis(
                        line(d.tensor()),
                        d.shape(),
                        d.coordinate(),
                        d.expected(),
                        d.actual(),
                        d.error(),
                        d.bound(),
                        line(d.tolerance()),
                        d.wrong(),
                        d.total(),
                        text(d.pattern()),
                        text(d.likelyCause()),
                        d.worstRatio(),
                        d.writer() == null ? null : line(d.writer()),
                        d.map(),
                        d.mapRows(),
                        d.mapColumns(),
                        line(d.family()),
                        line(d.caseLabel()),
                        d.blocks());
    }

    private static Finding finding(Finding f) {
        return new Finding(
                f.kind(),
                f.severity(),
                location(f.at()),
                f.kernel() == null ? null : line(f.kernel()),
                f.block(),
                f.thread(),
                text(f.message()));
    }

    private static KernelInfo kernel(KernelInfo k) {
        return new KernelInfo(
                line(k.name()),
                line(k.displayName()),
                k.line(),
                k.registers(),
                k.spillBytes(),
                k.sharedBytes(),
                k.blockThreads(),
                k.launches(),
                k.occupancy().entrySet().stream()
                        .collect(ordered(e -> new OccupancyInfo(
                                e.getValue().fraction(), line(e.getValue().limiter())))),
                names(k.counters()),
                k.lines().stream()
                        .map(l -> new LineCounters(l.line(), names(l.counters())))
                        .toList(),
                counted(k.counted()));
    }

    /** The same values under harmless names, in the same order. */
    private static Map<String, Double> names(Map<String, Double> values) {
        return values.entrySet().stream().collect(ordered(Map.Entry::getValue));
    }

    private static <V, W> Collector<Map.Entry<String, V>, ?, Map<String, W>> ordered(
            Function<Map.Entry<String, V>, W> value) {
        return Collectors.toMap(e -> line(e.getKey()), value, (one, other) -> one, LinkedHashMap::new);
    }

    private static @Nullable CountedRun counted(@Nullable CountedRun c) {
        return c == null
                ? null
                : new CountedRun(line(c.check()), line(c.caseLabel()), c.launches(), c.blocks(), c.countedBlocks());
    }

    private static @Nullable PerformanceInfo performance(@Nullable PerformanceInfo p) {
        return p == null
                ? null
                : new PerformanceInfo(
                        line(p.kind()),
                        names(p.metrics()),
                        line(p.problem()),
                        p.roofs().stream()
                                .map(r -> new Roof(
                                        line(r.gpu()),
                                        line(r.architecture()),
                                        r.bytesPerSecond(),
                                        names(r.flopsPerSecond())))
                                .toList(),
                        p.kernels().stream().map(Inert::point).toList(),
                        points(p.points()));
    }

    private static @Nullable SpeedPoints points(@Nullable SpeedPoints p) {
        return p == null ? null : new SpeedPoints(p.earned(), p.possible(), p.assessed(), text(p.message()));
    }

    private static KernelPoint point(KernelPoint k) {
        return new KernelPoint(
                line(k.name()),
                line(k.displayName()),
                line(k.type()),
                k.flops(),
                k.compulsoryBytes(),
                k.requestedBytes(),
                names(k.metrics()));
    }

    private static @Nullable SourceLocation location(@Nullable SourceLocation at) {
        return at == null ? null : new SourceLocation(line(at.file()), at.line(), at.column());
    }

    private static Text text(Text text) {
        return new Text(text(text.en()), text(text.zh()));
    }

    /** A text of one line: line breaks are shown, too. */
    public static String line(String raw) {
        return text(raw.replace("\r\n", "\n")).replace('\n', '␊');
    }

    /** A text of several lines. */
    public static String text(String raw) {
        String source = raw.length() > LONGEST_TEXT ? raw.substring(0, LONGEST_TEXT) + "\n…" : raw;
        List<String> lines = new ArrayList<>();
        for (String line : source.split("\r\n|\n", -1)) {
            int hidden = line.length() - LONGEST_LINE;
            String kept = hidden > 0 ? line.substring(0, LONGEST_LINE) : line;
            lines.add(visible(kept) + (hidden > 0 ? "… (+" + hidden + ")" : ""));
        }
        return String.join("\n", lines);
    }

    private static String visible(String line) {
        StringBuilder text = new StringBuilder(line.length());
        line.codePoints().forEach(c -> {
            if (c == '\t' || c >= 0x20 && c < 0x7F) {
                text.append((char) c);
            } else if (c < 0x20) {
                text.append((char) (0x2400 + c));
            } else if (c == 0x7F) {
                text.append('␡');
            } else if (reorders(c) || c < 0xA0 || c == 0xFEFF || c == 0x2028 || c == 0x2029) {
                text.append(String.format("‹U+%04X›", c));
            } else if (c >= 0xD800 && c <= 0xDFFF || (c & 0xFFFE) == 0xFFFE) {
                text.append('�');
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    private static boolean reorders(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x200E || c == 0x200F || c == 0x061C;
    }
}
