package org.warpgrade.reports.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Severity;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Mistakes;
import org.warpgrade.reports.Numbers;
import org.warpgrade.reports.Story;

/** The result in a few aligned lines: what passed, and for what did not, what to look at. */
public final class TerminalSummary {

    private static final String INDENT = "      ";

    /** Stages that take less of the time are left to the report. */
    private static final double TELLING_SHARE = 0.1;

    private final GradingResult result;
    private final Messages messages;
    private final Palette palette;
    private final Mistakes mistakes;
    private final List<String> lines = new ArrayList<>();

    private TerminalSummary(GradingResult result, Messages messages, Palette palette) {
        this.result = result;
        this.messages = messages;
        this.palette = palette;
        this.mistakes = Mistakes.of(result);
    }

    /** @param result redacted for its audience and inert */
    public static List<String> lines(GradingResult result, String language, Palette palette) {
        TerminalSummary summary = new TerminalSummary(result, Messages.of(language), palette);
        summary.head();
        summary.compiler();
        summary.checks();
        summary.speed();
        summary.foot();
        return summary.lines;
    }

    private void head() {
        String name = result.assignment().isEmpty() ? "" : " · " + result.assignment();
        lines.add(palette.bold(result.submission().file()) + name + " · "
                + messages.said(result.device().name()));
        // A compiler's complaints follow one by one; the message would say the first of them twice.
        if (result.diagnostics().stream().noneMatch(d -> d.severity() == Severity.ERROR)) {
            indented(result.message().in(messages.language()), "  ");
        }
    }

    private void compiler() {
        for (Diagnostic d : result.diagnostics()) {
            String severity = messages.text("severity." + d.severity().name().toLowerCase(java.util.Locale.ROOT));
            String place = d.at() == null ? "" : d.at() + ": ";
            String[] text = messages.said(d.message()).split("\n", 2);
            String coloured = d.severity() == Severity.ERROR ? palette.red(severity) : palette.bold(severity);
            List<String> pieces = wrapped(place + severity + ": " + text[0], palette.columns() - 4);
            lines.add("  " + pieces.getFirst().replace(place + severity, place + coloured));
            pieces.stream().skip(1).forEach(piece -> lines.add("    " + piece));
            if (text.length > 1) {
                indented(text[1], "    ");
            }
        }
    }

    private void checks() {
        boolean any = result.checks().stream().anyMatch(c -> c.status() != CheckStatus.NOT_ASSESSED);
        if (!any) {
            return;
        }
        int idWidth = width(result.checks().stream().map(CheckResult::id).toList());
        int titleWidth = width(result.checks().stream()
                .map(c -> c.title().in(messages.language()))
                .toList());
        int pointsWidth = width(result.checks().stream().map(this::points).toList());
        for (CheckResult check : result.checks()) {
            String title = check.title().in(messages.language());
            lines.add("  " + glyph(check) + " " + padded(check.id(), idWidth) + "  " + padded(title, titleWidth) + "  "
                    + " ".repeat(pointsWidth - points(check).length()) + points(check)
                    + (check.status() == CheckStatus.PASSED ? "" : "  " + status(check)));
            story(check);
        }
    }

    private String points(CheckResult check) {
        return messages.text("terminal.earned", check.earned(), check.points());
    }

    private String glyph(CheckResult check) {
        return switch (check.status()) {
            case PASSED -> palette.green(palette.good());
            case FAILED, FAULTED, TIMED_OUT -> palette.red(palette.bad());
            case NOT_ASSESSED -> palette.dim(palette.absent());
            case HARNESS_ERROR -> palette.yellow("?");
        };
    }

    private String status(CheckResult check) {
        String words = messages.text("status." + check.status().id());
        return switch (check.status()) {
            case PASSED -> palette.green(words);
            case FAILED, FAULTED, TIMED_OUT -> palette.red(words);
            case NOT_ASSESSED -> palette.dim(words);
            case HARNESS_ERROR -> palette.yellow(words);
        };
    }

    private void story(CheckResult check) {
        if (check.status() == CheckStatus.PASSED || check.status() == CheckStatus.NOT_ASSESSED) {
            return;
        }
        String first = mistakes.toldBy(check);
        List<String> told =
                first == null ? Story.lines(check, messages) : List.of(Story.repeated(check, first, messages));
        told.forEach(line -> indented(line, INDENT));
    }

    private void speed() {
        SpeedPoints points =
                result.performance() == null ? null : result.performance().points();
        if (points == null) {
            return;
        }
        String earned = points.assessed()
                ? messages.text("terminal.earned", points.earned(), points.possible())
                : palette.dim(messages.text("status.not-assessed"));
        lines.add("  " + messages.text("performance.points") + " " + earned);
        if (points.assessed()) {
            indented(points.message().in(messages.language()), INDENT);
        }
    }

    private void foot() {
        String verdict = messages.text("verdict." + result.verdict().id());
        String score = result.score().earned() + " / " + result.score().possible();
        double total = result.timings().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        String stages = result.timings().entrySet().stream()
                .filter(e -> e.getValue() >= TELLING_SHARE * total)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(e -> stage(e.getKey()) + " " + Numbers.duration(e.getValue()))
                .collect(Collectors.joining(", "));
        boolean good = result.score().earned() == result.score().possible()
                && result.score().possible() > 0;
        String words = palette.bold(score) + "  " + verdict;
        String line = "  " + (good ? palette.green(words) : palette.red(words));
        String time = stages.isEmpty() ? "" : messages.text("terminal.time", Numbers.duration(total), stages);
        if (time.isEmpty() || columns("  " + score + "  " + verdict + "  " + time) <= palette.columns()) {
            lines.add(time.isEmpty() ? line : line + "  " + palette.dim(time));
        } else {
            lines.add(line);
            wrapped(time, palette.columns() - 2).forEach(piece -> lines.add("  " + palette.dim(piece)));
        }
    }

    private String stage(String name) {
        return messages.has("stage." + name) ? messages.text("stage." + name) : name;
    }

    private void indented(String text, String indent) {
        text.lines()
                .filter(line -> !line.isBlank())
                .flatMap(line -> wrapped(line, palette.columns() - indent.length()).stream())
                .forEach(piece -> lines.add(indent + piece));
    }

    /** Breaks a long line at blanks, or after Chinese punctuation, which has none. */
    static List<String> wrapped(String line, int width) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (String word : line.split("(?<= )|(?<=[，。；：、？])")) {
            if (!piece.isEmpty() && columns(piece + word.stripTrailing()) > width) {
                pieces.add(piece.toString().stripTrailing());
                piece.setLength(0);
            }
            piece.append(word);
        }
        pieces.add(piece.toString().stripTrailing());
        return pieces;
    }

    private static int width(List<String> words) {
        return words.stream().mapToInt(TerminalSummary::columns).max().orElse(0);
    }

    private static String padded(String words, int width) {
        return words + " ".repeat(Math.max(0, width - columns(words)));
    }

    /** Columns on a terminal: Chinese characters and full-width forms take two. */
    static int columns(String words) {
        return words.codePoints()
                .map(c -> c >= 0x1100 && c <= 0x115F
                                || c >= 0x2E80 && c <= 0xA4CF
                                || c >= 0xAC00 && c <= 0xD7A3
                                || c >= 0xF900 && c <= 0xFAFF
                                || c >= 0xFE30 && c <= 0xFE6F
                                || c >= 0xFF00 && c <= 0xFF60
                                || c >= 0x20000 && c <= 0x3FFFD
                        ? 2
                        : 1)
                .sum();
    }
}
