package org.warpgrade.gpu.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/**
 * NVRTC's log taken apart. A complaint looks like this; the caret line gives the column.
 *
 * <pre>
 * softmax.cu(12): error: identifier "n" is undefined
 *     y[i] = n;
 *            ^
 * </pre>
 */
final class NvrtcLog {

    private static final Pattern COMPLAINT = Pattern.compile(
            "^(?<file>[^\\n]*?)\\((?<line>\\d+)\\): (?<kind>catastrophic error|error|warning|remark)(?: #(?<number>[\\w-]+))?: (?<text>.*)$");
    private static final Pattern BARE = Pattern.compile(
            "^(?:Command-line )?(?<kind>catastrophic error|error)(?: #[\\w-]+)?: (?<text>.*)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CARET = Pattern.compile("^  ( *)\\^\\s*$");
    private static final Pattern INSTANTIATION_SITE = Pattern.compile("^\\s+.* at line (\\d+)(?: of (\\S+))?$");

    /** How many lines after a complaint may hold its snippet and its "detected during" lines. */
    private static final int CONTINUATION = 24;

    /** Names of nested templates grow without end; their head and tail tell which one it is. */
    private static final int HEAD = 200;

    private static final int TAIL = 60;

    /** How many of the places where templates were instantiated are told: the innermost. */
    private static final int SITES = 3;

    private NvrtcLog() {}

    /** One complaint and the lines of the log it covers. */
    record Complaint(Diagnostic diagnostic, int firstLine, int lineAfter) {}

    static List<Complaint> complaints(String log) {
        String[] lines = log.split("\n", -1);
        List<Complaint> complaints = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            Matcher located = COMPLAINT.matcher(lines[i]);
            if (located.matches()) {
                int end = end(lines, i + 1);
                SourceLocation at = new SourceLocation(
                        located.group("file"), Integer.parseInt(located.group("line")), column(lines, i + 1, end));
                complaints.add(new Complaint(
                        new Diagnostic(
                                severity(located.group("kind")), at, message(lines, i, end, located.group("text"))),
                        i,
                        end));
                i = end - 1;
                continue;
            }
            Matcher bare = BARE.matcher(lines[i]);
            if (bare.matches()) {
                complaints.add(new Complaint(new Diagnostic(Severity.ERROR, null, bare.group("text")), i, i + 1));
            }
        }
        return complaints;
    }

    static List<Diagnostic> diagnostics(String log) {
        return complaints(log).stream().map(Complaint::diagnostic).toList();
    }

    /** The log without the given complaints; the closing count of errors goes too, since it would no longer be true. */
    static String without(String log, List<Complaint> dropped) {
        if (dropped.isEmpty()) {
            return log;
        }
        String[] lines = log.split("\n", -1);
        boolean[] drop = new boolean[lines.length];
        for (Complaint complaint : dropped) {
            for (int i = complaint.firstLine(); i < complaint.lineAfter(); i++) {
                drop[i] = true;
            }
        }
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            if (!drop[i] && !lines[i].contains(" detected in the compilation of ")) {
                kept.append(lines[i]).append('\n');
            }
        }
        return kept.toString().strip();
    }

    private static int end(String[] lines, int from) {
        int i = from;
        while (i < lines.length
                && i < from + CONTINUATION
                && !lines[i].isBlank()
                && !COMPLAINT.matcher(lines[i]).matches()) {
            i++;
        }
        return i < lines.length && lines[i].isBlank() ? i + 1 : i;
    }

    private static int column(String[] lines, int from, int end) {
        for (int i = from; i < end; i++) {
            Matcher caret = CARET.matcher(lines[i]);
            if (caret.matches()) {
                return caret.group(1).length() + 1;
            }
        }
        return 0;
    }

    /** EDG may break a message over several lines before it shows the snippet; template errors tell where they began. */
    private static String message(String[] lines, int first, int end, String text) {
        StringBuilder message = new StringBuilder(brief(text.strip()));
        int sites = 0;
        for (int i = first + 1; i < end; i++) {
            @Nullable String site = instantiation(lines[i]);
            if (site != null && ++sites <= SITES) {
                message.append("; ").append(brief(site));
            }
        }
        return message.append(sites > SITES ? "; …" : "").toString();
    }

    private static String brief(String words) {
        return words.length() <= HEAD + TAIL
                ? words
                : words.substring(0, HEAD) + " … " + words.substring(words.length() - TAIL);
    }

    private static @Nullable String instantiation(String line) {
        Matcher site = INSTANTIATION_SITE.matcher(line);
        return site.matches() && line.contains("instantiation of")
                ? line.strip().replaceFirst("^detected during:?\\s*", "in ")
                : null;
    }

    private static Severity severity(String kind) {
        return switch (kind) {
            case "warning" -> Severity.WARNING;
            case "remark" -> Severity.NOTE;
            default -> Severity.ERROR;
        };
    }
}
