package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCacheTests {

    private static final String KEY = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @TempDir
    Path folder;

    private CompileCache cache(long limit) {
        return new CompileCache(folder, limit);
    }

    private Path fileOf(String key) {
        return folder.resolve(key.substring(0, 2)).resolve(key);
    }

    @Test
    void what_was_put_comes_back() {
        cache(1 << 20).put(KEY, out -> CacheText.write(out, "ptx"));

        assertThat(cache(1 << 20).get(KEY, CacheText::read)).contains("ptx");
        assertThat(cache(1 << 20).get(OTHER, CacheText::read)).isEmpty();
    }

    @Test
    void a_flipped_byte_anywhere_is_as_good_as_no_entry() throws IOException {
        cache(1 << 20).put(KEY, out -> CacheText.write(out, "ptx"));
        byte[] good = Files.readAllBytes(fileOf(KEY));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x40;
            Files.write(fileOf(KEY), bad);

            assertThat(cache(1 << 20).get(KEY, CacheText::read))
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @Test
    void a_truncated_entry_is_as_good_as_none() throws IOException {
        cache(1 << 20).put(KEY, out -> CacheText.write(out, "ptx"));
        byte[] good = Files.readAllBytes(fileOf(KEY));
        for (int length = 0; length < good.length; length++) {
            Files.write(fileOf(KEY), Arrays.copyOf(good, length));

            assertThat(cache(1 << 20).get(KEY, CacheText::read))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_costs_time_only() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        CompileCache cache = new CompileCache(file, 1 << 20);

        cache.put(KEY, out -> CacheText.write(out, "ptx"));

        assertThat(cache.get(KEY, CacheText::read)).isEmpty();
    }

    @Test
    void tidying_deletes_what_was_used_longest_ago() throws IOException {
        CompileCache cache = cache(1500);
        cache.put(KEY, out -> out.write(new byte[1000]));
        Files.setLastModifiedTime(fileOf(KEY), FileTime.from(Instant.now().minusSeconds(100)));
        cache.put(OTHER, out -> out.write(new byte[1000]));

        cache.tidy();

        assertThat(fileOf(KEY)).doesNotExist();
        assertThat(fileOf(OTHER)).exists();
    }

    @Test
    void tidying_goes_on_where_others_write_and_delete_at_the_same_time() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Path busy = Files.createDirectories(folder.resolve("ab"));
        Thread other = Thread.ofPlatform().start(() -> {
            for (int i = 0; !over.get(); i++) {
                try {
                    Path partial = Files.writeString(busy.resolve("entry" + i % 50 + ".part"), "half");
                    Files.deleteIfExists(partial);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        try {
            CompileCache cache = cache(1 << 20);
            cache.put(KEY, out -> CacheText.write(out, "ptx"));
            for (int round = 0; round < 2000; round++) {
                cache.tidy();
            }
            assertThat(cache.get(KEY, CacheText::read)).contains("ptx");
        } finally {
            over.set(true);
            other.join();
        }
    }
}
