package org.warpgrade.engine.gradebook;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.ClassPlan.Decision;
import org.warpgrade.assignments.ClassPlan.Extension;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.gradebook.Gradebook.Column;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.Row;
import org.warpgrade.engine.gradebook.Gradebook.Spread;
import org.warpgrade.engine.gradebook.Gradebook.Try;
import org.warpgrade.engine.handin.Student;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code gradebook.json}, in the shape of {@code gradebook.schema.json}. The same hand-ins and the same plan give the same
 * bytes: nothing in it tells when or how fast something was graded.
 */
public final class GradebookJson {

    private GradebookJson() {}

    /** The text, which ends with a newline. */
    public static String write(Gradebook book) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", Gradebook.SCHEMA);
        root.put("title", book.title());
        root.put("timeZone", book.zone().getId());
        root.put("attempts", book.attempts().name().toLowerCase(Locale.ROOT));
        ArrayNode columns = root.putArray("assignments");
        book.assignments().forEach(column -> column(columns.addObject(), column));
        ArrayNode rows = root.putArray("students");
        book.students().forEach(row -> row(rows.addObject(), row));
        ArrayNode faults = root.putArray("faults");
        book.faults()
                .forEach(fault -> faults.addObject()
                        .put("student", fault.student())
                        .put("assignment", fault.assignment())
                        .put("origin", fault.origin())
                        .put("reason", fault.reason()));
        ArrayNode skipped = root.putArray("skipped");
        book.skipped()
                .forEach(s -> skipped.addObject().put("origin", s.origin()).put("reason", s.reason()));
        return root.toPrettyString() + "\n";
    }

    private static void column(ObjectNode node, Column column) {
        node.put("id", column.id());
        text(node.putObject("title"), column.title());
        node.put("points", column.points());
        node.put("due", time(column.due()));
        node.put("handedIn", column.handedIn());
        Spread spread = column.spread();
        ObjectNode spreadNode = node.putObject("spread");
        number(spreadNode, "mean", spread.mean());
        number(spreadNode, "median", spread.median());
        number(spreadNode, "low", spread.low());
        number(spreadNode, "high", spread.high());
        ArrayNode checks = node.putArray("checks");
        column.checks().forEach(check -> {
            ObjectNode one = checks.addObject();
            one.put("id", check.id());
            text(one.putObject("title"), check.title());
            one.put("visibility", check.visibility().name().toLowerCase(Locale.ROOT));
            one.put("points", check.points());
            one.put("passed", check.passed());
            number(one, "passRate", column.handedIn() == 0 ? Double.NaN : (double) check.passed() / column.handedIn());
            number(one, "discrimination", check.discrimination());
        });
    }

    private static void row(ObjectNode node, Row row) {
        Student student = row.student();
        node.put("id", student.id());
        node.put("name", student.name());
        node.put("email", student.email());
        node.put("login", student.login());
        node.put("section", student.section());
        node.put("enrolled", row.enrolled());
        number(node, "total", row.total());
        ArrayNode grades = node.putArray("grades");
        row.grades().forEach(grade -> grade(grades.addObject(), grade));
    }

    private static void grade(ObjectNode node, Grade grade) {
        node.put("assignment", grade.assignment());
        node.put("state", grade.state().name().toLowerCase(Locale.ROOT));
        number(node, "points", grade.points());
        text(node.putObject("derivation"), grade.derivation());
        node.put(
                "counted",
                grade.counted() == null ? null : grade.counted().graded().sha256());
        Extension extension = grade.extension();
        if (extension != null) {
            node.putObject("extension").put("due", time(extension.due())).put("reason", extension.reason());
        }
        Decision decision = grade.decision();
        if (decision != null) {
            ObjectNode one = node.putObject("override");
            number(one, "points", decision.points());
            one.put("reason", decision.reason());
        }
        ArrayNode attempts = node.putArray("attempts");
        grade.attempts().forEach(attempt -> attempt(attempts.addObject(), attempt));
    }

    private static void attempt(ObjectNode node, Try attempt) {
        Graded graded = attempt.graded();
        node.put("sha256", graded.sha256());
        node.put("origin", graded.origin());
        node.put("submitted", time(graded.submitted()));
        node.put("harness", graded.harness().version() + " " + graded.harness().commit());
        node.put("verdict", graded.verdict().id());
        node.put("earned", graded.score().earned());
        node.put("possible", graded.score().possible());
        number(node, "points", attempt.points());
        node.put("lateDays", attempt.lateDays());
        node.put("folder", graded.folder());
        ObjectNode checks = node.putObject("checks");
        graded.checks().forEach(check -> checks.put(check.id(), check.status().id()));
    }

    private static void text(ObjectNode node, Text text) {
        node.put("en", text.en()).put("zh", text.zh());
    }

    /** Whole numbers without a point, others with two decimals, none as null. */
    private static void number(ObjectNode node, String field, double value) {
        if (Double.isNaN(value)) {
            node.putNull(field);
        } else if (value == Math.rint(value)) {
            node.put(field, (long) value);
        } else {
            node.put(field, Math.round(value * 100) / 100.0);
        }
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
