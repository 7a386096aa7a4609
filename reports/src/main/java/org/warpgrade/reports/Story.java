package org.warpgrade.reports;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Finding;

/** What a check found, in sentences, each said once: the message of a check often holds its first finding already. */
public final class Story {

    private Story() {}

    /** Everything, for formats that hold no pictures. */
    public static List<String> lines(CheckResult check, Messages messages) {
        String message = check.message().in(messages.language());
        Set<String> lines = new LinkedHashSet<>();
        message.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        Diagnosis d = check.diagnosis();
        if (d != null) {
            if (lines.isEmpty()) {
                lines.add(numbers(d, messages));
            }
            String cause = d.likelyCause().in(messages.language());
            if (!cause.isEmpty() && !message.contains(cause)) {
                lines.add(messages.text("terminal.cause", cause));
            }
        }
        check.findings().stream()
                .filter(finding -> !message.contains(messages.said(finding.message())))
                .forEach(finding -> lines.add(line(finding, messages)));
        return List.copyOf(lines);
    }

    /**
     * The message without its end, where that tells of the finding or the cause: for pages, which show both in a form of
     * their own.
     */
    public static String lead(CheckResult check, Messages messages) {
        String message = check.message().in(messages.language());
        int end = message.length();
        Diagnosis d = check.diagnosis();
        if (d != null && !d.likelyCause().in(messages.language()).isEmpty()) {
            end = before(
                    message, messages.text("terminal.cause", d.likelyCause().in(messages.language())), end);
        }
        for (Finding finding : check.findings()) {
            if (message.contains(messages.said(finding.message()))) {
                end = before(message, title(finding, messages), end);
            }
        }
        return message.substring(0, end).strip();
    }

    /** One line for a check whose mistake the check with that id has told of already. */
    public static String repeated(CheckResult check, String first, Messages messages) {
        if (check.findings().isEmpty()) {
            return messages.text(check.diagnosis() == null ? "mistake.same" : "mistake.same.cause", first);
        }
        Finding finding = check.findings().getFirst();
        String title = title(finding, messages);
        String what = finding.at() == null ? title : messages.text("story.at", title, finding.at());
        return messages.text("mistake.same.finding", first, what);
    }

    /** The kind of a finding for people. */
    public static String title(Finding finding, Messages messages) {
        return messages.text("finding." + finding.kind().id());
    }

    private static int before(String message, String part, int end) {
        int at = message.indexOf(part);
        return at < 0 ? end : Math.min(at, end);
    }

    private static String numbers(Diagnosis d, Messages messages) {
        return messages.text(
                "terminal.first",
                Numbers.coordinate(d.tensor(), d.coordinate()),
                Numbers.plain(d.expected()),
                Numbers.plain(d.actual()),
                Numbers.rough(d.error()),
                Numbers.rough(d.bound()));
    }

    /** A finding with its place, as one line. */
    public static String line(Finding f, Messages messages) {
        List<String> where = new ArrayList<>();
        if (f.at() != null) {
            where.add(f.at().toString());
        }
        if (f.block() != null) {
            where.add(messages.text("finding.block", f.block()));
        }
        if (f.thread() != null) {
            where.add(messages.text("finding.thread", f.thread()));
        }
        String place = where.isEmpty() ? "" : String.join(", ", where) + ": ";
        return place + title(f, messages) + ": " + messages.said(f.message());
    }
}
