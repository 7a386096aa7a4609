package org.warpgrade.gpu.compile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was compiled before, on disk, keyed by everything that could change the outcome. An entry that is damaged is as
 * good as none; a cache that cannot be written is as good as an empty one.
 */
final class CompileCache {

    /** Enough for some thousand submissions of about 100 KB of PTX. */
    static final long DEFAULT_LIMIT = 256L << 20;

    /** Listing the cache costs more than a write, so it is tidied once in so many writes. */
    private static final int WRITES_BETWEEN_TIDYING = 64;

    private static final byte[] MAGIC = "WGC1".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;
    private static final Duration FRESH = Duration.ofDays(1);

    private final Path folder;
    private final long limit;
    private final AtomicInteger writes = new AtomicInteger();

    CompileCache(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** Reads an entry's fields back. */
    @FunctionalInterface
    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    /** Writes an entry's fields. */
    @FunctionalInterface
    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    <T> Optional<T> get(String key, Reader<T> reader) {
        Path file = file(key);
        try {
            byte[] bytes = Files.readAllBytes(file);
            int header = MAGIC.length + DIGEST_BYTES;
            if (bytes.length < header || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                return Optional.empty();
            }
            MessageDigest digest = Digests.sha256();
            digest.update(bytes, header, bytes.length - header);
            if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, MAGIC.length, header))) {
                return Optional.empty();
            }
            T value = reader.read(new DataInputStream(new ByteArrayInputStream(bytes, header, bytes.length - header)));
            touch(file);
            return Optional.of(value);
        } catch (IOException e) {
            return Optional.empty(); // missing, unreadable or of another format: compile again
        }
    }

    void put(String key, Writer writer) {
        try {
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            writer.write(new DataOutputStream(payload));
            byte[] bytes = payload.toByteArray();
            Path file = file(key);
            Files.createDirectories(file.getParent());
            Path partial = Files.createTempFile(file.getParent(), key, ".part");
            try {
                try (var out = Files.newOutputStream(partial)) {
                    out.write(MAGIC);
                    out.write(Digests.sha256().digest(bytes));
                    out.write(bytes);
                }
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
            if (writes.getAndIncrement() % WRITES_BETWEEN_TIDYING == 0) {
                tidy();
            }
        } catch (IOException e) {
            return; // a read-only or full disk costs time, not correctness
        }
    }

    /** Deletes the entries used longest ago until the rest is within the limit. */
    void tidy() throws IOException {
        record Entry(Path file, long bytes, FileTime used) {}
        List<Entry> entries = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE; // other processes write and tidy at the same time
            }
        });
        long total = entries.stream().mapToLong(Entry::bytes).sum();
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (total <= limit) {
                return;
            }
            Files.deleteIfExists(entry.file());
            total -= entry.bytes();
        }
    }

    private Path file(String key) {
        return folder.resolve(key.substring(0, 2)).resolve(key);
    }

    /** Notes the use, at most once a day: the time of last change is what tidying looks at. */
    private static void touch(Path file) {
        try {
            Instant now = Instant.now();
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(FRESH))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (IOException e) {
            return; // a read-only cache keeps its times
        }
    }
}
