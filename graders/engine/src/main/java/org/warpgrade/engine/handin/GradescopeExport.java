package org.warpgrade.engine.handin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code submission_metadata.yml} of a Gradescope export: who handed in which folder, and when.
 *
 * <pre>
 * submission_12345678:
 *   :submitters:
 *   - :name: Bob Smith
 *     :sid: '340934'
 *     :email: bob@example.org
 *   :created_at: 2026-11-01 21:14:09.123456 Z
 * </pre>
 */
final class GradescopeExport {

    static final String FILE = "submission_metadata.yml";

    /** {@code 2026-11-01 21:14:09.12 Z}, {@code … +01:00}, and the same with a T, as different versions wrote it. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd['T'][ ]HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .appendPattern("[ ][XXX][xx]")
            .toFormatter();

    /** A folder's owners, several for group work, and its time; null where it cannot be read. */
    record Entry(List<Student> submitters, @Nullable Instant submitted) {}

    private GradescopeExport() {}

    /** The entries by folder name. */
    static Map<String, Entry> read(Path metadata) throws ClassInputException {
        JsonNode root;
        try {
            root = YAMLMapper.shared().readTree(Files.readString(metadata));
        } catch (JacksonException e) {
            var where = e.getLocation();
            String place = where == null ? "" : ":" + where.getLineNr() + ":" + where.getColumnNr();
            throw new ClassInputException(metadata + place + ": is not YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ClassInputException(metadata + ": cannot be read: " + e.getMessage(), e);
        }
        Map<String, Entry> entries = new HashMap<>();
        root.properties().forEach(property -> entries.put(property.getKey(), entry(property.getValue())));
        return entries;
    }

    private static Entry entry(JsonNode node) {
        List<Student> submitters = new ArrayList<>();
        for (JsonNode who : node.path(":submitters")) {
            String name = text(who, ":name");
            String sid = text(who, ":sid");
            String email = text(who, ":email");
            String id = !sid.isEmpty() ? sid : !email.isEmpty() ? email : name;
            if (!id.isEmpty()) {
                submitters.add(new Student(id, name, email, "", "", "", sid));
            }
        }
        return new Entry(List.copyOf(submitters), time(text(node, ":created_at")));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString().strip() : "";
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
