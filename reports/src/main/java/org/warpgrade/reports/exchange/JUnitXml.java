package org.warpgrade.reports.exchange;

import java.util.List;
import java.util.Locale;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Story;

/** JUnit XML as Jenkins reads it: one suite for the submission, one case for each check. */
public final class JUnitXml {

    private JUnitXml() {}

    /** @param result redacted for its audience and inert */
    public static String render(GradingResult result, String language) {
        Messages messages = Messages.of(language);
        List<CheckResult> checks = result.checks();
        double seconds = checks.stream().mapToDouble(CheckResult::millis).sum() / 1000;
        boolean noChecks = checks.stream().allMatch(c -> c.status() == CheckStatus.NOT_ASSESSED)
                && result.verdict() != Verdict.PASSED;
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"").append(attribute(suite(result)));
        xml.append("\" tests=\"").append(checks.size() + (noChecks ? 1 : 0));
        xml.append("\" failures=\"").append(failures(result) + (noChecks && !ours(result) ? 1 : 0));
        xml.append("\" errors=\"").append(errors(result) + (noChecks && ours(result) ? 1 : 0));
        xml.append("\" skipped=\"").append(skipped(result));
        xml.append("\" time=\"").append(seconds(seconds)).append("\">\n");
        xml.append("  <properties>\n");
        property(xml, "verdict", result.verdict().id());
        property(xml, "score", result.score().earned() + "/" + result.score().possible());
        property(xml, "device", result.device().name());
        property(xml, "compiler", result.compiler());
        property(xml, "sha256", result.submission().sha256());
        xml.append("  </properties>\n");
        if (noChecks) {
            ended(xml, result, messages);
        }
        for (CheckResult check : checks) {
            check(xml, result, check, messages);
        }
        if (!result.printed().isEmpty()) {
            xml.append("  <system-out>").append(text(result.printed())).append("</system-out>\n");
        }
        return xml.append("</testsuite>\n").toString();
    }

    /** A submission that never came to its checks fails as itself, so that Jenkins shows it red. */
    private static void ended(StringBuilder xml, GradingResult result, Messages messages) {
        String verdict = messages.text("verdict." + result.verdict().id());
        String tag = ours(result) ? "error" : "failure";
        StringBuilder body = new StringBuilder(result.message().in(messages.language()));
        result.diagnostics()
                .forEach(d -> body.append('\n')
                        .append(d.at() == null ? "" : d.at() + ": ")
                        .append(messages.said(d.message())));
        xml.append("  <testcase classname=\"")
                .append(attribute(suite(result)))
                .append("\" name=\"")
                .append(attribute(verdict))
                .append("\" time=\"0.000\">\n    <")
                .append(tag)
                .append(" message=\"")
                .append(attribute(verdict))
                .append("\" type=\"")
                .append(result.verdict().id())
                .append("\">")
                .append(text(body.toString()))
                .append("</")
                .append(tag)
                .append(">\n  </testcase>\n");
    }

    private static void check(StringBuilder xml, GradingResult result, CheckResult check, Messages messages) {
        xml.append("  <testcase classname=\"")
                .append(attribute(suite(result)))
                .append("\" name=\"")
                .append(attribute(check.id() + " " + check.title().in(messages.language())))
                .append("\" time=\"")
                .append(seconds(check.millis() / 1000))
                .append('"');
        String tag = switch (check.status()) {
            case PASSED -> "";
            case FAILED, FAULTED, TIMED_OUT -> "failure";
            case HARNESS_ERROR -> "error";
            case NOT_ASSESSED -> "skipped";
        };
        if (tag.isEmpty()) {
            xml.append("/>\n");
            return;
        }
        List<String> story = Story.lines(check, messages);
        String message =
                story.isEmpty() ? messages.text("status." + check.status().id()) : story.getFirst();
        xml.append(">\n    <")
                .append(tag)
                .append(" message=\"")
                .append(attribute(message))
                .append('"');
        if (tag.equals("skipped")) {
            xml.append("/>\n  </testcase>\n");
            return;
        }
        xml.append(" type=\"")
                .append(check.status().id())
                .append("\">")
                .append(text(String.join("\n", story)))
                .append("</")
                .append(tag)
                .append(">\n  </testcase>\n");
    }

    private static void property(StringBuilder xml, String name, String value) {
        xml.append("    <property name=\"")
                .append(name)
                .append("\" value=\"")
                .append(attribute(value))
                .append("\"/>\n");
    }

    private static String suite(GradingResult result) {
        return result.assignment().isEmpty() ? "warpgrade" : "warpgrade." + result.assignment();
    }

    private static boolean ours(GradingResult result) {
        return result.verdict() == Verdict.HARNESS_ERROR;
    }

    private static long failures(GradingResult result) {
        return result.checks().stream()
                .filter(c -> c.status() == CheckStatus.FAILED
                        || c.status() == CheckStatus.FAULTED
                        || c.status() == CheckStatus.TIMED_OUT)
                .count();
    }

    private static long errors(GradingResult result) {
        return result.checks().stream()
                .filter(c -> c.status() == CheckStatus.HARNESS_ERROR)
                .count();
    }

    private static long skipped(GradingResult result) {
        return result.checks().stream()
                .filter(c -> c.status() == CheckStatus.NOT_ASSESSED)
                .count();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String attribute(String raw) {
        return text(raw).replace("\"", "&quot;").replace("\n", "&#10;").replace("\t", "&#9;");
    }
}
