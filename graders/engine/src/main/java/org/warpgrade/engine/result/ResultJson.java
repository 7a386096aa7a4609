package org.warpgrade.engine.result;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code result.json}: a {@link GradingResult} as text, and back. The shape is that of {@code result.schema.json}; enums are
 * written by id, NaN and infinities as the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
public final class ResultJson {

    private ResultJson() {}

    /** The result as JSON text that ends with a newline. */
    public static String write(GradingResult result) {
        StringWriter text = new StringWriter(16_384);
        try (ResultWriter writer = new ResultWriter(text)) {
            writer.write(result);
        }
        return text.append('\n').toString();
    }

    /**
     * The result that the text holds.
     *
     * @throws IllegalArgumentException if it is no result of this schema version, with the reason
     */
    public static GradingResult read(String text) {
        try {
            return ResultReader.read(JsonMapper.shared().readTree(new StringReader(text)));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Puts the result in place at once: a reader sees the old file or the new one, never half of it. */
    public static void write(GradingResult result, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path half = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
        try {
            Files.writeString(half, write(result), StandardCharsets.UTF_8);
            try {
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(half);
        }
    }

    public static GradingResult read(Path file) throws IOException {
        return read(Files.readString(file));
    }
}
