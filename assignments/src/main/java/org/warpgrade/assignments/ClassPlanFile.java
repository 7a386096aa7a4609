package org.warpgrade.assignments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.CatalogProblem.Weight;
import org.warpgrade.assignments.ClassPlan.AssignmentPlan;
import org.warpgrade.assignments.ClassPlan.Attempts;
import org.warpgrade.assignments.ClassPlan.Decision;
import org.warpgrade.assignments.ClassPlan.Extension;
import org.warpgrade.assignments.ClassPlan.Lateness;
import org.warpgrade.assignments.ClassPlan.Telling;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads {@code class.yaml}: the schema first, then what a schema cannot say; every mistake with its place. */
public final class ClassPlanFile {

    private final Path file;
    private final JsonNode root;
    private final Set<String> assignments;
    private final List<CatalogProblem> problems = new ArrayList<>();

    private ClassPlanFile(Path file, JsonNode root, Set<String> assignments) {
        this.file = file;
        this.root = root;
        this.assignments = assignments;
    }

    /**
     * The plan in the file.
     *
     * @param assignments the ids that exist
     * @throws ClassPlanException with every mistake, if there are any
     */
    public static ClassPlan read(Path file, Set<String> assignments) throws ClassPlanException {
        JsonNode root;
        try {
            root = AssignmentSchema.located(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ClassPlanException(List.of(whole(file, "there is no such file")));
        } catch (IOException e) {
            throw new ClassPlanException(List.of(whole(file, "cannot be read: " + e.getMessage())));
        } catch (JacksonException e) {
            throw new ClassPlanException(List.of(Catalog.syntax(e, file)));
        }
        List<CatalogProblem> problems =
                AssignmentSchema.load("class.schema.json").problems(root, file);
        if (!problems.isEmpty()) {
            throw new ClassPlanException(problems);
        }
        return new ClassPlanFile(file, root, assignments).plan();
    }

    private ClassPlan plan() throws ClassPlanException {
        ZoneId zone = zone();
        List<AssignmentPlan> plans = all("assignments", node -> assignment(node, zone));
        unique("assignments", "id", "id");
        unique("extensions", "student", "assignment");
        unique("overrides", "student", "assignment");
        ClassPlan plan = new ClassPlan(
                text(root, "title"),
                zone,
                text(root, "attempts").equals("last") ? Attempts.LAST : Attempts.BEST,
                root.path("lateDays").asInt(0),
                plans,
                all("extensions", node -> extension(node, zone)),
                all("overrides", this::override));
        if (!problems.isEmpty()) {
            throw new ClassPlanException(problems);
        }
        return plan;
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(text(root, "timeZone"));
        } catch (DateTimeException e) {
            wrong(
                    root.get("timeZone"),
                    "/timeZone",
                    "'" + text(root, "timeZone") + "' is no time zone: write Europe/Berlin, for example");
            return ZoneId.of("UTC");
        }
    }

    private AssignmentPlan assignment(JsonNode node, ZoneId zone) {
        JsonNode late = node.path("late");
        Lateness lateness = late.isMissingNode()
                ? Lateness.FREE
                : new Lateness(
                        late.path("perDay").asDouble(),
                        Duration.ofMinutes(late.path("graceMinutes").asInt(0)),
                        late.path("mostDays").asInt(Integer.MAX_VALUE));
        String hidden = text(node, "hidden");
        Telling telling = hidden.isEmpty()
                ? Telling.ALWAYS
                : Telling.valueOf(hidden.toUpperCase(Locale.ROOT).replace('-', '_'));
        return new AssignmentPlan(
                known(node, "id"), time(node, "due", zone), lateness, telling, time(node, "published", zone));
    }

    private Extension extension(JsonNode node, ZoneId zone) {
        Instant due = time(node, "due", zone);
        return new Extension(
                text(node, "student"),
                known(node, "assignment"),
                due == null ? Instant.EPOCH : due,
                text(node, "reason"));
    }

    private Decision override(JsonNode node) {
        return new Decision(
                text(node, "student"),
                known(node, "assignment"),
                node.path("points").asDouble(),
                text(node, "reason"));
    }

    private String known(JsonNode node, String field) {
        String id = text(node, field);
        if (!assignments.contains(id)) {
            wrong(node.get(field), pointer(node, field), "there is no assignment '" + id + "'");
        }
        return id;
    }

    private @Nullable Instant time(JsonNode node, String field, ZoneId zone) {
        String text = text(node, field);
        if (text.isEmpty()) {
            return null;
        }
        try {
            boolean offset = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
            return offset
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            wrong(node.get(field), pointer(node, field), "'" + text + "' is no time");
            return null;
        }
    }

    private void unique(String list, String... fields) {
        Set<String> seen = new HashSet<>();
        int i = 0;
        for (JsonNode node : root.path(list)) {
            String key = text(node, fields[0]) + " " + text(node, fields[1]);
            if (!seen.add(key)) {
                wrong(node, "/" + list + "/" + i, "says again what an earlier entry says");
            }
            i++;
        }
    }

    private <T> List<T> all(String list, Function<JsonNode, T> one) {
        List<T> values = new ArrayList<>();
        for (JsonNode node : root.path(list)) {
            values.add(one.apply(node));
        }
        return List.copyOf(values);
    }

    /** The place of an entry's field, found by looking for the entry: nodes do not know their parents. */
    private String pointer(JsonNode entry, String field) {
        for (String list : List.of("assignments", "extensions", "overrides")) {
            int i = 0;
            for (JsonNode node : root.path(list)) {
                if (node == entry) {
                    return "/" + list + "/" + i + "/" + field;
                }
                i++;
            }
        }
        return "/" + field;
    }

    private void wrong(JsonNode node, String pointer, String sentence) {
        problems.add(AssignmentSchema.at(node, file, pointer, sentence, Weight.ERROR));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() ? "" : value.asString();
    }

    private static CatalogProblem whole(Path file, String sentence) {
        return new CatalogProblem(file, 0, 0, "", sentence, Weight.ERROR);
    }
}
