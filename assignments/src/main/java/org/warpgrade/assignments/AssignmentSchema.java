package org.warpgrade.assignments;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.serialization.NodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.CatalogProblem.Weight;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * A JSON schema of what authors write, {@code assignment.yaml} or {@code class.yaml}, and the reader that remembers where every value stands. Loading both
 * costs some hundred milliseconds, so a grading run meets this class only when there is something to complain about.
 */
final class AssignmentSchema {

    private static final NodeReader LOCATED =
            NodeReader.builder().locationAware().build();

    private final Schema schema;

    private AssignmentSchema(Schema schema) {
        this.schema = schema;
    }

    /** @param name of the schema's resource */
    static AssignmentSchema load(String name) {
        try (InputStream in = AssignmentSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            SchemaRegistry registry =
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, b -> b.nodeReader(LOCATED));
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new AssignmentSchema(registry.getSchema(text, InputFormat.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tree whose nodes know their lines. */
    static JsonNode located(String yaml) {
        return LOCATED.readTree(yaml, InputFormat.YAML);
    }

    List<CatalogProblem> problems(JsonNode located, Path file) {
        try {
            return schema
                    .validate(located, context -> context.executionConfig(config -> config.locale(Locale.ENGLISH)))
                    .stream()
                    .map(error -> problem(error, file))
                    .toList();
        } catch (JacksonException e) {
            // a whole number that no long holds: the validator has no sentence for it
            String sentence = "has a number that is too large: " + e.getOriginalMessage();
            return List.of(new CatalogProblem(file, 0, 0, "", sentence, Weight.ERROR));
        }
    }

    private static CatalogProblem problem(Error error, Path file) {
        String pointer = error.getInstanceLocation().toString();
        return at(error.getInstanceNode(), file, pointer, error.getMessage(), Weight.ERROR);
    }

    /** A problem at a node of a located tree. */
    static CatalogProblem at(JsonNode node, Path file, String pointer, String sentence, Weight weight) {
        TokenStreamLocation where = location(node);
        return where == null
                ? new CatalogProblem(file, 0, 0, pointer, sentence, weight)
                : new CatalogProblem(file, where.getLineNr(), where.getColumnNr(), pointer, sentence, weight);
    }

    /** Null for a node that was not written, or is of a kind that does not remember: a number beyond all integers. */
    private static @Nullable TokenStreamLocation location(JsonNode node) {
        try {
            return JsonNodes.tokenStreamLocationOf(node);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
