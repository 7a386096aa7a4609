package org.warpgrade.engine.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fates of one assignment's mutants in a file, one JSON object a line, so that a run that was killed goes on where it
 * was. Safe for use by several threads, not by several processes.
 */
final class Ledger implements AutoCloseable {

    /**
     * What was found out about a mutated text.
     *
     * @param text digest of the whole mutated source: an edit of the reference makes its mutants new
     * @param file the reference
     * @param code digest of what the compiler makes of it; empty if nothing
     * @param seed of the hidden inputs
     * @param fate without the judgements of people, which may change
     * @param by see {@link Mutant#by}
     * @param line the line that was changed, for {@link CheckOrder}
     */
    record Entry(String text, String file, String code, long seed, Fate fate, String by, String line) {}

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Entry> known = new HashMap<>();
    private final Writer writer;

    private Ledger(Path file, long seed, Predicate<Fate> kept) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            boolean whole = true;
            for (String line : Files.readAllLines(file)) {
                Optional<Entry> entry = read(line);
                whole = entry.isPresent();
                entry.filter(e -> e.seed() == seed && kept.test(e.fate()))
                        .ifPresentOrElse(
                                e -> known.put(e.text(), e), () -> entry.ifPresent(e -> known.remove(e.text())));
            }
            if (!whole) {
                Files.writeString(
                        file, "\n", StandardOpenOption.APPEND); // the line that a killed run left half written
            }
        }
        writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * Opens the file, or begins it.
     *
     * @param kept which fates of earlier runs still hold
     */
    static Ledger open(Path file, long seed, Predicate<Fate> kept) {
        try {
            return new Ledger(file, seed, kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Entry> read(String line) {
        try {
            return line.isBlank() ? Optional.empty() : Optional.of(JSON.readValue(line, Entry.class));
        } catch (JacksonException e) {
            return Optional.empty(); // cut off in the middle of a line
        }
    }

    synchronized Optional<Entry> known(String text) {
        return Optional.ofNullable(known.get(text));
    }

    synchronized List<Entry> all() {
        return List.copyOf(known.values());
    }

    synchronized void add(Entry entry) {
        known.put(entry.text(), entry);
        try {
            writer.write(JSON.writeValueAsString(entry) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
