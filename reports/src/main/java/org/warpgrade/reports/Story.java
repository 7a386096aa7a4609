package org.warpgrade.reports.exchange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Finding;
import org.warpgrade.reports.Messages;

/** What a check found, as lines of text: for formats that hold no pictures. */
final class Story {

    private Story() {}

    static List<String> lines(CheckResult check, Messages messages) {
        Set<String> lines = new LinkedHashSet<>();
        check.message().in(messages.language()).lines().filter(l -> !l.isBlank()).forEach(lines::add);
        Diagnosis d = check.diagnosis();
        if (d != null && !d.likelyCause().in(messages.language()).isEmpty()) {
            lines.add(messages.text("terminal.cause", d.likelyCause().in(messages.language())));
        }
        check.findings().forEach(finding -> lines.add(line(finding, messages)));
        return List.copyOf(lines);
    }

    static String line(Finding f, Messages messages) {
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
        return place + messages.text("finding." + f.kind().id()) + ": " + messages.said(f.message());
    }
}
