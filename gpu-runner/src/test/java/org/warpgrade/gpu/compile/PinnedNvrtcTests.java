package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.gpu.compile.PinnedNvrtc.Library;

/** The way of the pinned compiler from its archive into the cache, and what comes of it where it is broken off. */
class PinnedNvrtcTests {

    private static final byte[] CONTENT = "a library".repeat(1000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private Path cache() {
        return folder.resolve("cache");
    }

    private PinnedNvrtc pinned() {
        return new PinnedNvrtc(cache(), List.of(new Library("libtest.so", sha256())));
    }

    private static String sha256() {
        var digest = Digests.sha256();
        digest.update(CONTENT);
        return Digests.hex(digest);
    }

    private Path archive(byte[] content) throws IOException {
        Path jar = folder.resolve("redist.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("org/bytedeco/cuda/linux-x86_64/libtest.so"));
            zip.write(content);
        }
        return jar;
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_whole_archive_is_unpacked_once() throws IOException {
        Path jar = archive(CONTENT);

        pinned().install(progress -> jar, Progress.silent());

        assertThat(pinned().ready()).isTrue();
        pinned().install(
                        progress -> {
                            throw new AssertionError("fetched again");
                        },
                        Progress.silent());
    }

    @Test
    void an_archive_whose_download_broke_off_is_told_and_leaves_nothing_behind() throws IOException {
        Path jar = archive(CONTENT);
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length - 30));

        assertThatThrownBy(() -> pinned().install(progress -> jar, Progress.silent()))
                .isInstanceOf(CompilerUnavailableException.class)
                .hasMessageStartingWith(
                        "The archive " + jar + " is damaged, perhaps because fetching it was interrupted (")
                .hasMessageEndingWith("); delete it to fetch it again.");
        assertThat(files()).containsExactly("lock");

        Files.write(jar, bytes);
        pinned().install(progress -> jar, Progress.silent());
        assertThat(pinned().ready()).isTrue();
    }

    @Test
    void an_archive_with_another_library_is_told() throws IOException {
        Path jar = archive("something else".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> pinned().install(progress -> jar, Progress.silent()))
                .isInstanceOf(CompilerUnavailableException.class)
                .hasMessageContaining("is damaged: libtest.so has SHA-256 ")
                .hasMessageEndingWith("; delete the archive to fetch it again.");
        assertThat(files()).containsExactly("lock");
    }

    @Test
    void a_fetch_that_fails_can_be_tried_again() throws IOException {
        assertThatThrownBy(() -> pinned().install(
                                progress -> {
                                    throw new CompilerUnavailableException("no network");
                                },
                                Progress.silent()))
                .hasMessage("no network");

        Path jar = archive(CONTENT);
        pinned().install(progress -> jar, Progress.silent());
        assertThat(pinned().ready()).isTrue();
    }
}
