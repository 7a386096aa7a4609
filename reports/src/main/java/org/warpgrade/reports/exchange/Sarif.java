package org.warpgrade.reports.exchange;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.reports.Finds;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Story;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * SARIF 2.1.0: compiler messages and findings at their lines, failed checks on the file, for annotations of a pull
 * request.
 */
public final class Sarif {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final GradingResult result;
    private final Messages messages;
    private final ArrayNode results = JsonNodeFactory.instance.arrayNode();
    private final Set<String> rules = new LinkedHashSet<>();

    private Sarif(GradingResult result, Messages messages) {
        this.result = result;
        this.messages = messages;
    }

    /** @param result redacted for its audience and inert */
    public static String render(GradingResult result, String language) {
        return MAPPER.writeValueAsString(new Sarif(result, Messages.of(language)).log()) + "\n";
    }

    /**
     * The same log with another place of the file, because annotations of a pull request need the path in the
     * repository.
     *
     * @param file the name that the log was rendered with
     * @param path with slashes, from the root of the repository
     */
    public static String relocated(String sarif, String file, String path) {
        JsonNode log = MAPPER.readTree(sarif);
        for (JsonNode place : log.findValues("artifactLocation")) {
            if (place instanceof ObjectNode location
                    && location.path("uri").asString().equals(uri(file))) {
                location.put("uri", uri(path));
            }
        }
        return MAPPER.writeValueAsString(log) + "\n";
    }

    private ObjectNode log() {
        for (Diagnostic d : result.diagnostics()) {
            add("compiler", level(d.severity()), messages.said(d.message()), d.at());
        }
        // One annotation for each kind and line: a pull request shows few of them.
        for (Finds finds : Finds.of(result)) {
            Finding f = finds.first();
            String text = String.join(", ", finds.checks()) + ": " + Story.line(f, messages);
            add(f.kind().id(), level(f.severity()), text, f.at());
        }
        for (CheckResult check : result.checks()) {
            boolean failed = switch (check.status()) {
                case FAILED, FAULTED, TIMED_OUT -> true;
                case PASSED, NOT_ASSESSED, HARNESS_ERROR -> false;
            };
            if (failed && check.findings().isEmpty()) {
                String story = String.join("\n", Story.lines(check, messages));
                String title = check.id() + " " + check.title().in(messages.language());
                add("check-failed", "error", story.isEmpty() ? title : title + ": " + story, null);
            }
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", SCHEMA);
        root.put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "WarpGrade");
        driver.put("version", result.harness().version());
        ArrayNode described = driver.putArray("rules");
        for (String rule : rules) {
            ObjectNode node = described.addObject();
            node.put("id", rule);
            node.putObject("shortDescription").put("text", title(rule));
        }
        run.put("columnKind", "utf16CodeUnits");
        run.set("results", results);
        return root;
    }

    private void add(String rule, String level, String text, @Nullable SourceLocation at) {
        rules.add(rule);
        ObjectNode node = results.addObject();
        node.put("ruleId", rule);
        node.put("level", level);
        node.putObject("message").put("text", text);
        ObjectNode place = node.putArray("locations").addObject().putObject("physicalLocation");
        String file = at == null ? result.submission().file() : at.file();
        place.putObject("artifactLocation").put("uri", uri(file));
        ObjectNode region = place.putObject("region");
        region.put("startLine", at == null ? 1 : Math.max(1, at.line()));
        if (at != null && at.column() > 0) {
            region.put("startColumn", at.column());
        }
    }

    private String title(String rule) {
        if (rule.equals("compiler")) {
            return messages.text("section.compiler");
        }
        return messages.text(rule.equals("check-failed") ? "status.failed" : "finding." + rule);
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case NOTE -> "note";
            case WARNING -> "warning";
            case ERROR -> "error";
        };
    }

    private static String uri(String file) {
        return URLEncoder.encode(file, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
