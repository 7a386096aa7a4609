package org.warpgrade.engine.batch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One secret seed an assignment, so that the whole class meets the same hidden inputs, today and when a killed run goes on.
 * Each is a file {@code seeds/<assignment>} that only the instructor reads; every result records it too, for replay.
 */
public final class Seeds {

    private static final SecureRandom SECRET = new SecureRandom();

    private final Path folder;
    private final @Nullable Long always;
    private final Map<String, Long> known = new ConcurrentHashMap<>();

    /** @param out the output folder of the class */
    public static Seeds in(Path out) {
        return new Seeds(out.resolve("seeds"), null);
    }

    private Seeds(Path folder, @Nullable Long always) {
        this.folder = folder;
        this.always = always;
    }

    /** The same seed for every assignment: to repeat a run. */
    public static Seeds fixed(long seed) {
        return new Seeds(Path.of("."), seed);
    }

    /** The seed of an assignment, drawn at the first question. */
    public long of(String assignment) throws IOException {
        Long seed = always == null ? known.get(assignment) : always;
        if (seed == null) {
            seed = read(assignment);
            known.put(assignment, seed);
        }
        return seed;
    }

    private long read(String assignment) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(assignment);
        if (!Files.exists(file)) {
            Path half = Files.createTempFile(folder, ".", ".seed");
            try {
                Files.writeString(half, (SECRET.nextLong() >>> 1) + "\n");
                hide(half);
                Files.createLink(file, half); // unlike a move, fails if another grader drew a seed meanwhile
            } catch (FileAlreadyExistsException e) {
                return parse(file);
            } finally {
                Files.deleteIfExists(half);
            }
        }
        return parse(file);
    }

    private static long parse(Path file) throws IOException {
        String text = Files.readString(file).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException(file + " holds no seed: delete it to draw a new one", e);
        }
    }

    private static void hide(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (UnsupportedOperationException e) {
            return; // no such permissions on this file system
        }
    }
}
