package org.warpgrade.engine.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.CountedRun;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.LineCounters;
import org.warpgrade.engine.result.GradingResult.OccupancyInfo;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Roof;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import tools.jackson.databind.JsonNode;

/** Reads what {@link ResultWriter} wrote. */
final class ResultReader {

    private ResultReader() {}

    static GradingResult read(JsonNode root) {
        int schema = field(root, "schema").asInt();
        if (schema != GradingResult.SCHEMA) {
            throw new IllegalArgumentException(
                    "schema version " + schema + " is not " + GradingResult.SCHEMA + ", which this WarpGrade reads");
        }
        JsonNode submission = field(root, "submission");
        JsonNode score = field(root, "score");
        JsonNode device = field(root, "device");
        JsonNode harness = field(root, "harness");
        JsonNode seed = field(root, "seed");
        JsonNode performance = field(root, "performance");
        return new GradingResult(
                schema,
                string(root, "assignment"),
                text(root, "title"),
                new SubmissionInfo(
                        string(submission, "file"), string(submission, "sha256"), string(submission, "text")),
                constant(Verdict.values(), string(root, "verdict")),
                new Score(integer(score, "earned"), integer(score, "possible")),
                new DeviceInfo(string(device, "kind"), string(device, "name")),
                seed.isNull() ? null : seed.asLong(),
                string(root, "compiler"),
                new HarnessInfo(string(harness, "version"), string(harness, "commit")),
                list(root, "diagnostics", ResultReader::diagnostic),
                list(root, "checks", ResultReader::check),
                list(root, "kernels", ResultReader::kernel),
                performance.isNull() ? null : performance(performance),
                string(root, "printed"),
                text(root, "message"),
                numbers(root, "timings"));
    }

    private static Diagnostic diagnostic(JsonNode node) {
        return new Diagnostic(
                constant(Severity.values(), string(node, "severity")), location(node), string(node, "message"));
    }

    private static CheckResult check(JsonNode node) {
        JsonNode diagnosis = field(node, "diagnosis");
        return new CheckResult(
                string(node, "id"),
                text(node, "title"),
                string(node, "family"),
                constant(Visibility.values(), string(node, "visibility")),
                integer(node, "points"),
                integer(node, "earned"),
                constant(CheckStatus.values(), string(node, "status")),
                text(node, "message"),
                diagnosis.isNull() ? null : diagnosis(diagnosis),
                list(node, "findings", ResultReader::finding),
                number(node, "millis"));
    }

    private static Diagnosis diagnosis(JsonNode node) {
        JsonNode map = field(node, "map");
        return new Diagnosis(
                string(node, "tensor"),
                list(node, "shape", JsonNode::asInt),
                list(node, "coordinate", JsonNode::asInt),
                number(node, "expected"),
                number(node, "actual"),
                number(node, "error"),
                number(node, "bound"),
                string(node, "tolerance"),
                field(node, "wrong").asLong(),
                field(node, "total").asLong(),
                text(node, "pattern"),
                text(node, "likelyCause"),
                number(node, "worstRatio"),
                optional(node, "writer"),
                list(map, "cells", ResultReader::number),
                integer(map, "rows"),
                integer(map, "columns"),
                string(node, "family"),
                string(node, "caseLabel"),
                map.has("blocks") ? list(map, "blocks", JsonNode::asInt) : List.of());
    }

    private static Finding finding(JsonNode node) {
        return new Finding(
                constant(FindingKind.values(), string(node, "kind")),
                constant(Severity.values(), string(node, "severity")),
                location(node),
                optional(node, "kernel"),
                index(node, "block"),
                index(node, "thread"),
                string(node, "message"));
    }

    private static KernelInfo kernel(JsonNode node) {
        Map<String, OccupancyInfo> occupancy = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : field(node, "occupancy").properties()) {
            occupancy.put(
                    entry.getKey(),
                    new OccupancyInfo(number(entry.getValue(), "fraction"), string(entry.getValue(), "limiter")));
        }
        return new KernelInfo(
                string(node, "name"),
                string(node, "displayName"),
                integer(node, "line"),
                integer(node, "registers"),
                integer(node, "spillBytes"),
                integer(node, "sharedBytes"),
                integer(node, "blockThreads"),
                integer(node, "launches"),
                occupancy,
                numbers(node, "counters"),
                addedLater(node, "lines") ? list(node, "lines", ResultReader::line) : List.of(),
                addedLater(node, "counted") ? counted(field(node, "counted")) : null);
    }

    private static LineCounters line(JsonNode node) {
        return new LineCounters(integer(node, "line"), numbers(node, "counters"));
    }

    private static CountedRun counted(JsonNode node) {
        return new CountedRun(
                string(node, "check"),
                string(node, "caseLabel"),
                integer(node, "launches"),
                field(node, "blocks").asLong(),
                field(node, "countedBlocks").asLong());
    }

    private static PerformanceInfo performance(JsonNode node) {
        return new PerformanceInfo(
                string(node, "kind"),
                numbers(node, "metrics"),
                addedLater(node, "problem") ? string(node, "problem") : "",
                addedLater(node, "roofs") ? list(node, "roofs", ResultReader::roof) : List.of(),
                addedLater(node, "kernels") ? list(node, "kernels", ResultReader::point) : List.of(),
                addedLater(node, "points") ? points(field(node, "points")) : null);
    }

    private static SpeedPoints points(JsonNode node) {
        return new SpeedPoints(
                integer(node, "earned"),
                integer(node, "possible"),
                field(node, "assessed").asBoolean(),
                text(node, "message"));
    }

    private static Roof roof(JsonNode node) {
        return new Roof(
                string(node, "gpu"),
                string(node, "architecture"),
                number(node, "bytesPerSecond"),
                numbers(node, "flopsPerSecond"));
    }

    private static KernelPoint point(JsonNode node) {
        return new KernelPoint(
                string(node, "name"),
                string(node, "displayName"),
                string(node, "type"),
                number(node, "flops"),
                number(node, "compulsoryBytes"),
                number(node, "requestedBytes"),
                numbers(node, "metrics"));
    }

    /** Results that were written before a field was added to the schema do not have it. */
    private static boolean addedLater(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    private static @Nullable SourceLocation location(JsonNode node) {
        String file = optional(node, "file");
        return file == null ? null : new SourceLocation(file, integer(node, "line"), integer(node, "column"));
    }

    private static @Nullable Dim3 index(JsonNode node, String name) {
        JsonNode index = field(node, name);
        if (!index.isNull() && index.size() != 3) {
            throw new IllegalArgumentException("the field '" + name + "' must hold three numbers");
        }
        return index.isNull()
                ? null
                : new Dim3(
                        index.get(0).asInt(), index.get(1).asInt(), index.get(2).asInt());
    }

    private static Text text(JsonNode node, String name) {
        JsonNode text = field(node, name);
        return new Text(string(text, "en"), string(text, "zh"));
    }

    private static String string(JsonNode node, String name) {
        return field(node, name).asString();
    }

    private static @Nullable String optional(JsonNode node, String name) {
        JsonNode value = field(node, name);
        return value.isNull() ? null : value.asString();
    }

    private static int integer(JsonNode node, String name) {
        return field(node, name).asInt();
    }

    private static double number(JsonNode node, String name) {
        return number(field(node, name));
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : Double.parseDouble(node.asString());
    }

    private static Map<String, Double> numbers(JsonNode node, String name) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : field(node, name).properties()) {
            values.put(entry.getKey(), number(entry.getValue()));
        }
        return values;
    }

    private static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> element) {
        List<T> values = new ArrayList<>();
        field(node, name).forEach(child -> values.add(element.apply(child)));
        return List.copyOf(values);
    }

    static <E extends Enum<E>> E constant(E[] constants, String id) {
        for (E constant : constants) {
            if (ResultWriter.id(constant).equals(id)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("unknown word '" + id + "'");
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        return value;
    }
}
