package org.warpgrade.engine.batch;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.batch.Graded.CheckLine;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.Verdict;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code job.json}: a {@link Graded} as text, and back. */
final class GradedJson {

    private static final int SCHEMA = 1;

    private GradedJson() {}

    static String write(Graded graded) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("schema", SCHEMA);
        node.put("student", graded.student());
        node.put("name", graded.name());
        node.put("assignment", graded.assignment());
        node.put("sha256", graded.sha256());
        node.put("origin", graded.origin());
        node.put(
                "submitted",
                graded.submitted() == null ? null : graded.submitted().toString());
        node.put("markedLate", graded.markedLate());
        node.put("gradedAt", graded.gradedAt().toString());
        node.putObject("harness")
                .put("version", graded.harness().version())
                .put("commit", graded.harness().commit());
        node.put("verdict", graded.verdict().id());
        node.putObject("score")
                .put("earned", graded.score().earned())
                .put("possible", graded.score().possible());
        var checks = node.putArray("checks");
        for (CheckLine check : graded.checks()) {
            checks.addObject()
                    .put("id", check.id())
                    .put("visibility", check.visibility().name().toLowerCase(Locale.ROOT))
                    .put("status", check.status().id())
                    .put("earned", check.earned())
                    .put("points", check.points());
        }
        node.put("millis", Math.round(graded.millis() * 10) / 10.0);
        return node.toPrettyString() + "\n";
    }

    /** @throws IllegalArgumentException if it is no such text */
    static Graded read(String text, String folder) {
        try {
            JsonNode node = JsonMapper.shared().readTree(text);
            if (node.path("schema").asInt() != SCHEMA) {
                throw new IllegalArgumentException("not schema " + SCHEMA);
            }
            JsonNode harness = node.get("harness");
            return new Graded(
                    node.get("student").asString(),
                    node.get("name").asString(),
                    node.get("assignment").asString(),
                    node.get("sha256").asString(),
                    node.get("origin").asString(),
                    node.get("submitted").isNull()
                            ? null
                            : Instant.parse(node.get("submitted").asString()),
                    node.get("markedLate").asBoolean(),
                    Instant.parse(node.get("gradedAt").asString()),
                    new HarnessInfo(
                            harness.get("version").asString(),
                            harness.get("commit").asString()),
                    constant(Verdict.class, node.get("verdict")),
                    new Score(
                            node.at("/score/earned").asInt(),
                            node.at("/score/possible").asInt()),
                    checks(node.get("checks")),
                    node.get("millis").asDouble(),
                    folder);
        } catch (JacksonException | DateTimeException | NullPointerException e) {
            throw new IllegalArgumentException("not a job: " + e.getMessage(), e);
        }
    }

    private static List<CheckLine> checks(JsonNode nodes) {
        List<CheckLine> checks = new ArrayList<>();
        for (JsonNode node : nodes) {
            checks.add(new CheckLine(
                    node.get("id").asString(),
                    constant(Visibility.class, node.get("visibility")),
                    constant(CheckStatus.class, node.get("status")),
                    node.get("earned").asInt(),
                    node.get("points").asInt()));
        }
        return List.copyOf(checks);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode id) {
        return Enum.valueOf(type, id.asString().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
