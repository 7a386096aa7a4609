package org.warpgrade.engine.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.warpgrade.engine.result.GradingResult.Score;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code history.jsonl} beside a {@code result.json}: one attempt a line, the oldest first, for example
 * {@code {"when":"2026-11-22T06:00:00Z","earned":40,"possible":100,"verdict":"failed","sha256":"…"}}.
 */
public final class History {

    /** The name of the file, beside {@code result.json}. */
    public static final String FILE = "history.jsonl";

    /** More are not read: the curve of a student who tries this often needs no more points. */
    private static final int MOST = 500;

    private History() {}

    /** The attempts in the file, none if there is no file; a line cut short by a killed process is left out. */
    public static List<Attempt> read(Path file) throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        text(file).lines().forEach(line -> attempt(line).ifPresent(attempts::add));
        int first = Math.max(0, attempts.size() - MOST);
        return List.copyOf(attempts.subList(first, attempts.size()));
    }

    /** Adds the attempt, unless the file's last one is the same submission with the same outcome. */
    public static void append(Path file, Attempt attempt) throws IOException {
        List<Attempt> before = read(file);
        if (!before.isEmpty() && sameOutcome(before.getLast(), attempt)) {
            return;
        }
        String text = text(file);
        String cutShort = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        Files.writeString(
                file,
                cutShort + line(attempt),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Bytes that are no UTF-8 spoil their own line only. */
    private static String text(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    static String line(Attempt attempt) {
        return JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "when",
                                attempt.when().truncatedTo(ChronoUnit.SECONDS).toString())
                        .put("earned", attempt.score().earned())
                        .put("possible", attempt.score().possible())
                        .put("verdict", attempt.verdict().id())
                        .put("sha256", attempt.sha256())
                        .toString()
                + "\n";
    }

    private static boolean sameOutcome(Attempt one, Attempt other) {
        return one.sha256().equals(other.sha256())
                && one.score().equals(other.score())
                && one.verdict() == other.verdict();
    }

    private static Optional<Attempt> attempt(String line) {
        try {
            JsonNode node = JsonMapper.shared().readTree(line);
            return Optional.of(new Attempt(
                    Instant.parse(node.path("when").asString()),
                    new Score(node.path("earned").asInt(), node.path("possible").asInt()),
                    ResultReader.constant(Verdict.values(), node.path("verdict").asString()),
                    node.path("sha256").asString()));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
