package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.engine.result.ResultJson;

/** What goes wrong around a grading: a clear sentence, the right status, nothing half-written. */
class FaultsTests {

    private static final String EMPTY =
            "extern \"C\" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {}\n";

    @TempDir
    private Path folder;

    private Path submission() throws IOException {
        return Files.writeString(folder.resolve("mine.cu"), "// assignment: cuda-saxpy\n" + EMPTY);
    }

    @Test
    void a_full_disk_is_no_verdict() throws IOException {
        Session session = Session.of("check", submission().toString(), "--json", "/dev/full", "--quiet");

        assertThat(session.status()).isEqualTo(3);
        assertThat(session.err()).isEqualTo("warpgrade: Input or output failed: No space left on device\n");
    }

    @Test
    void an_output_folder_that_cannot_be_made_is_no_verdict() throws IOException {
        Path file = submission();

        Session session = Session.of(
                "check", file.toString(), "--out", file.resolve("out").toString(), "--quiet");

        assertThat(session.status()).isEqualTo(3);
        assertThat(session.err()).startsWith("warpgrade: Input or output failed: " + file);
    }

    @Test
    void two_graders_on_one_folder_leave_one_whole_result() throws IOException {
        String file = submission().toString();
        Path out = folder.resolve("out");

        List<CompletableFuture<Session>> graders = Stream.of(1, 2)
                .map(i -> CompletableFuture.supplyAsync(
                        () -> Session.of("check", file, "--out", out.toString(), "--quiet")))
                .toList();

        assertThat(graders).allSatisfy(g -> assertThat(g.join().status()).isEqualTo(1));
        assertThat(ResultJson.read(out.resolve("result.json")).assignment()).isEqualTo("cuda-saxpy");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).noneMatch(f -> f.toString().endsWith(".tmp"));
        }
    }

    @Test
    void a_link_out_of_its_folder_is_no_submission() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("student"));
        Path link = Files.createSymbolicLink(inner.resolve("mine.cu"), submission());

        Session session = Session.of("check", link.toString());

        assertThat(session.status()).isEqualTo(2);
        assertThat(session.err())
                .isEqualTo("warpgrade: " + link + " is a link to a file outside of its folder, which is no submission:"
                        + " copy the file.\n");
    }

    @Test
    void a_file_in_another_encoding_is_rejected_with_its_line() throws IOException {
        Path file = folder.resolve("mine.cu");
        Files.write(file, ("// Gr\u00fc\u00dfe\n" + EMPTY).getBytes(StandardCharsets.ISO_8859_1));

        Session session = Session.of("check", file.toString(), "-a", "cuda-saxpy", "--lang", "en");

        assertThat(session.status()).isEqualTo(1);
        assertThat(session.out()).contains("The file is not UTF-8 text: byte 5 (line 1) cannot be decoded.");
    }

    @Test
    void a_missing_file_is_a_usage_mistake() {
        Session session = Session.of("check", folder.resolve("none.cu").toString());

        assertThat(session.status()).isEqualTo(2);
        assertThat(session.err()).isEqualTo("warpgrade: " + folder.resolve("none.cu") + " does not exist.\n");
    }
}
