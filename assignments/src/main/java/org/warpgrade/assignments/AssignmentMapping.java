package org.warpgrade.assignments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.warpgrade.assignments.Assignment.Budgets;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Concept;
import org.warpgrade.assignments.Assignment.EntrySignature;
import org.warpgrade.assignments.Assignment.EntrySignature.Form;
import org.warpgrade.assignments.Assignment.Parameter;
import org.warpgrade.assignments.Assignment.Performance;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.assignments.Assignment.SeedItem;
import org.warpgrade.assignments.Assignment.Visibility;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * From the parsed YAML to an {@link Assignment}, by hand rather than by data binding: reading one assignment is on the
 * way of every grading, and reflection over a dozen records costs more than the whole parse.
 *
 * <p>Anything unexpected makes the result empty; {@link AssignmentSchema} then knows the words and the place.
 */
final class AssignmentMapping {

    /** The tree is not of the shape that the schema describes. */
    private static final class Unexpected extends RuntimeException {
        private Unexpected() {
            super(null, null, false, false);
        }
    }

    private AssignmentMapping() {}

    static Optional<Assignment> map(JsonNode root, Path folder) {
        try {
            return Optional.of(new Assignment(
                    string(root, "id"),
                    string(root, "track"),
                    text(root, "title"),
                    integer(root, "difficulty"),
                    list(root, "needs", AssignmentMapping::asString),
                    list(root, "seeds", AssignmentMapping::seed),
                    list(root, "entries", AssignmentMapping::entry),
                    list(root, "checks", AssignmentMapping::check),
                    performance(field(root, "performance")),
                    budgets(field(root, "budgets")),
                    root.has("concepts") ? list(root, "concepts", AssignmentMapping::concept) : List.of(),
                    folder));
        } catch (Unexpected | JacksonException e) {
            return Optional.empty();
        }
    }

    /** A plain id stands for all checks. */
    private static SeedItem seed(JsonNode node) {
        return node.isString()
                ? new SeedItem(node.stringValue(), List.of())
                : new SeedItem(string(node, "id"), list(node, "checks", AssignmentMapping::asString));
    }

    private static EntrySignature entry(JsonNode node) {
        Form form = switch (string(node, "form")) {
            case "entry" -> Form.ENTRY;
            case "pure" -> Form.PURE;
            default -> throw new Unexpected();
        };
        return new EntrySignature(
                string(node, "name"),
                form,
                string(node, "returns"),
                list(node, "parameters", AssignmentMapping::parameter));
    }

    private static Parameter parameter(JsonNode node) {
        return new Parameter(
                string(node, "name"),
                string(node, "type"),
                string(node, "space"),
                string(node, "shape"),
                text(node, "meaning"));
    }

    private static CheckSpec check(JsonNode node) {
        Visibility visibility = switch (string(node, "visibility")) {
            case "public" -> Visibility.PUBLIC;
            case "hidden" -> Visibility.HIDDEN;
            default -> throw new Unexpected();
        };
        return new CheckSpec(
                string(node, "id"), text(node, "title"), string(node, "family"), integer(node, "points"), visibility);
    }

    private static Performance performance(JsonNode node) {
        return new Performance(
                string(node, "kind"),
                string(node, "formula"),
                number(node, "pass"),
                number(node, "full"),
                node.has("points") ? integer(node, "points") : 0,
                node.has("problem") ? problem(field(node, "problem")) : null);
    }

    private static Problem problem(JsonNode node) {
        return new Problem(
                string(node, "entry"),
                list(node, "arguments", AssignmentMapping::asString),
                sizes(field(node, "gpu")),
                sizes(field(node, "model")));
    }

    private static Map<String, Integer> sizes(JsonNode node) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> size : node.properties()) {
            sizes.put(size.getKey(), integer(node, size.getKey()));
        }
        return sizes;
    }

    private static Budgets budgets(JsonNode node) {
        return new Budgets(string(node, "scratchBytes"), string(node, "launches"));
    }

    private static Concept concept(JsonNode node) {
        return new Concept(
                integer(node, "q"),
                text(node, "question"),
                list(node, "parameters", AssignmentMapping::asString),
                text(node, "answer"));
    }

    private static Text text(JsonNode node, String name) {
        JsonNode text = field(node, name);
        return new Text(string(text, "en"), string(text, "zh"));
    }

    private static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> element) {
        JsonNode array = field(node, name);
        if (!array.isArray()) {
            throw new Unexpected();
        }
        List<T> values = new ArrayList<>();
        for (JsonNode item : array) {
            values.add(element.apply(item));
        }
        return List.copyOf(values);
    }

    private static String string(JsonNode node, String name) {
        return asString(field(node, name));
    }

    private static String asString(JsonNode node) {
        if (!node.isString()) {
            throw new Unexpected();
        }
        return node.stringValue();
    }

    private static int integer(JsonNode node, String name) {
        JsonNode value = field(node, name);
        if (!value.isInt()) {
            throw new Unexpected();
        }
        return value.intValue();
    }

    private static double number(JsonNode node, String name) {
        JsonNode value = field(node, name);
        if (!value.isNumber()) {
            throw new Unexpected();
        }
        return value.doubleValue();
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new Unexpected();
        }
        return value;
    }
}
