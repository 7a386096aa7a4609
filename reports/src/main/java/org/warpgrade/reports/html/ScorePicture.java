package org.warpgrade.reports.html;

import java.util.List;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.reports.Messages;

/** The score at a glance: one segment for each check, as wide as its points, in the order of the report. */
final class ScorePicture {

    private static final double WIDTH = 760;
    private static final double HEIGHT = 26;
    private static final double GAP = 3;

    /** Width of a letter of a label, rather too much than too little. */
    private static final double LETTER = 8;

    private ScorePicture() {}

    static String draw(GradingResult result, Messages messages) {
        List<CheckResult> checks =
                result.checks().stream().filter(c -> c.points() > 0).toList();
        String description = messages.text(
                "score.picture", result.score().earned(), result.score().possible());
        Svg svg = new Svg(WIDTH, HEIGHT, "score-bar", description);
        double total = checks.stream().mapToInt(CheckResult::points).sum();
        double room = WIDTH - GAP * Math.max(0, checks.size() - 1);
        double x = 0;
        for (CheckResult check : checks) {
            double width = room * check.points() / total;
            String tip = messages.text(
                    "score.segment",
                    check.id(),
                    check.title().in(messages.language()),
                    messages.text("status." + check.status().id()),
                    check.earned(),
                    check.points());
            svg.rectangle(x, 0, width, HEIGHT, 4, "segment-" + check.status().id(), fill(check), tip);
            if (width >= LETTER * check.id().length() + 4) {
                svg.label(x + width / 2, HEIGHT / 2 + 4, "middle", "segment-label", check.id());
            }
            x += width + GAP;
        }
        return svg.close();
    }

    private static String fill(CheckResult check) {
        return switch (check.status()) {
            case PASSED -> "#2da44e";
            case FAILED, FAULTED, TIMED_OUT -> "#cf222e";
            case NOT_ASSESSED -> "#d0d7de";
            case HARNESS_ERROR -> "#9a6700";
        };
    }
}
