package org.warpgrade.reports.exchange;

import java.util.List;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.gpu.Severity;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Mistakes;
import org.warpgrade.reports.Story;

/** A step summary in Markdown: score, a table of checks, and what was found. */
public final class MarkdownSummary {

    private MarkdownSummary() {}

    /** @param result redacted for its audience and inert */
    public static String render(GradingResult result, String language) {
        Messages messages = Messages.of(language);
        StringBuilder text = new StringBuilder();
        text.append("### ")
                .append(plain(result.title().in(language)))
                .append(" · ")
                .append(result.score().earned())
                .append(" / ")
                .append(result.score().possible())
                .append(" · ")
                .append(messages.text("verdict." + result.verdict().id()))
                .append("\n\n");
        text.append(code(result.submission().file()))
                .append(" · ")
                .append(plain(messages.said(result.device().name())))
                .append(" · ")
                .append(plain(result.compiler()))
                .append("\n");
        String message = result.message().in(language);
        // The message of a compile error says what the list of errors begins with.
        if (!message.isBlank() && result.diagnostics().stream().noneMatch(d -> d.severity() == Severity.ERROR)) {
            text.append('\n').append(plain(message)).append('\n');
        }
        if (!result.diagnostics().isEmpty()) {
            text.append('\n');
        }
        result.diagnostics()
                .forEach(d -> text.append("- ")
                        .append(d.at() == null ? "" : code(d.at().toString()) + " ")
                        .append(plain(
                                messages.said(d.message()).lines().findFirst().orElse("")))
                        .append('\n'));
        if (!result.checks().isEmpty()) {
            text.append("\n| | | ")
                    .append(plain(messages.text("markdown.check")))
                    .append(" | ")
                    .append(plain(messages.text("score.points")))
                    .append(" |\n|---|---|---|--:|\n");
            for (CheckResult check : result.checks()) {
                text.append("| ")
                        .append(glyph(check))
                        .append(" | ")
                        .append(plain(check.id()))
                        .append(" | ")
                        .append(plain(check.title().in(language)))
                        .append(" | ")
                        .append(check.earned())
                        .append(" / ")
                        .append(check.points())
                        .append(" |\n");
            }
        }
        SpeedPoints speed =
                result.performance() == null ? null : result.performance().points();
        if (speed != null) {
            text.append('\n')
                    .append(messages.text("performance.points"))
                    .append(' ')
                    .append(
                            speed.assessed()
                                    ? messages.text("terminal.earned", speed.earned(), speed.possible())
                                    : messages.text("status.not-assessed"))
                    .append(". ")
                    .append(plain(speed.message().in(language)))
                    .append('\n');
        }
        Mistakes mistakes = Mistakes.of(result);
        for (CheckResult check : result.checks()) {
            boolean failed = switch (check.status()) {
                case FAILED, FAULTED, TIMED_OUT, HARNESS_ERROR -> true;
                case PASSED, NOT_ASSESSED -> false;
            };
            List<String> story = mistakes.toldBy(check) == null ? Story.lines(check, messages) : List.of();
            if (failed && !story.isEmpty()) {
                text.append("\n**")
                        .append(plain(check.id()))
                        .append("** ")
                        .append(plain(check.title().in(language)))
                        .append("\n\n");
                story.forEach(line -> text.append("- ").append(plain(line)).append('\n'));
                List<String> others = mistakes.toldWith(check);
                if (!others.isEmpty()) {
                    text.append("- ")
                            .append(plain(messages.text("mistake.also", String.join(", ", others))))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String glyph(CheckResult check) {
        return switch (check.status()) {
            case PASSED -> "✅";
            case FAILED, FAULTED -> "❌";
            case TIMED_OUT -> "⏱️";
            case NOT_ASSESSED -> "➖";
            case HARNESS_ERROR -> "⚠️";
        };
    }

    /** Text that Markdown leaves alone: every character with a meaning is written as an entity, links are broken. */
    private static String plain(String raw) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean link =
                    c == ':' && raw.startsWith("//", i + 1) || c == '.' && raw.startsWith("www", Math.max(0, i - 3));
            if (c == '\n') {
                text.append(' ');
            } else if ("\\`*_{}[]<>!|&~@$".indexOf(c) >= 0 || link) {
                text.append("&#").append((int) c).append(';');
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** Text as code that cannot end the code. */
    public static String code(String raw) {
        return "`" + raw.replace('`', 'ˋ').replace('|', '¦').replace('\n', ' ') + "`";
    }
}
