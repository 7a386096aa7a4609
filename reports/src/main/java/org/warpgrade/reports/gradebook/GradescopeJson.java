package org.warpgrade.reports.gradebook;

import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.ClassPlan.Telling;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Reports;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code results.json} as a Gradescope autograder writes it: every check is a test case, and Gradescope itself holds back the
 * hidden ones for as long as the plan says.
 */
public final class GradescopeJson {

    private GradescopeJson() {}

    /** @param result of one submission; what students must not see is taken out here */
    public static String render(GradingResult result, Telling hidden, String language) {
        GradingResult shown = Inert.of(Reports.forAudience(result, Audience.STUDENT));
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        double millis = shown.timings().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        root.put("score", shown.score().earned());
        root.put("execution_time", Math.round(millis) / 1000.0);
        root.put("output", shown.message().in(language));
        root.put("output_format", "text");
        root.put("visibility", "visible");
        root.put("stdout_visibility", "hidden");
        ArrayNode tests = root.putArray("tests");
        shown.checks().forEach(check -> test(tests.addObject(), check, hidden, language));
        return root.toPrettyString() + "\n";
    }

    private static void test(ObjectNode node, CheckResult check, Telling hidden, String language) {
        node.put("number", check.id());
        node.put("name", check.title().in(language));
        node.put("score", check.earned());
        node.put("max_score", check.points());
        node.put("status", check.status() == CheckStatus.PASSED ? "passed" : "failed");
        node.put("output", check.message().in(language));
        node.put("output_format", "text");
        node.put("visibility", check.visibility() == Visibility.PUBLIC ? "visible" : visibility(hidden));
    }

    private static String visibility(Telling hidden) {
        return switch (hidden) {
            case ALWAYS -> "visible";
            case AFTER_DUE -> "after_due_date";
            case AFTER_PUBLICATION -> "after_published";
            case NEVER -> "hidden";
        };
    }
}
