package org.warpgrade.engine.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.engine.result.GradingResult.Score;

class HistoryTests {

    private static final Attempt FIRST =
            new Attempt(Instant.parse("2026-11-22T06:00:00Z"), new Score(40, 100), Verdict.FAILED, "aa");
    private static final Attempt SECOND =
            new Attempt(Instant.parse("2026-11-22T07:00:00Z"), new Score(0, 100), Verdict.COMPILE_ERROR, "bb");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void choose_a_file() {
        file = folder.resolve(History.FILE);
    }

    @Test
    void no_file_is_no_attempt() throws IOException {
        assertThat(History.read(file)).isEmpty();
    }

    @Test
    void attempts_come_back_in_the_order_they_were_made() throws IOException {
        History.append(file, FIRST);
        History.append(file, SECOND);

        assertThat(History.read(file)).containsExactly(FIRST, SECOND);
        assertThat(Files.readString(file))
                .startsWith("{\"when\":\"2026-11-22T06:00:00Z\",\"earned\":40,\"possible\":100,\"verdict\":\"failed\","
                        + "\"sha256\":\"aa\"}\n");
    }

    @Test
    void the_same_file_graded_again_is_no_new_attempt() throws IOException {
        History.append(file, FIRST);
        History.append(file, new Attempt(SECOND.when(), FIRST.score(), FIRST.verdict(), FIRST.sha256()));

        assertThat(History.read(file)).containsExactly(FIRST);
    }

    @Test
    void a_line_cut_short_is_left_out_and_harms_no_other() throws IOException {
        History.append(file, FIRST);
        Files.writeString(file, Files.readString(file) + "{\"when\":\"2026-11");
        History.append(file, SECOND);
        Files.writeString(file, Files.readString(file) + "\n[]\nnull\n{\"when\":1}\n");

        assertThat(History.read(file)).containsExactly(FIRST, SECOND);
    }

    @Test
    void a_fraction_of_nothing_possible_is_zero() {
        assertThat(new Attempt(FIRST.when(), new Score(0, 0), Verdict.HARNESS_ERROR, "").fraction())
                .isZero();
        assertThat(FIRST.fraction()).isEqualTo(0.4);
    }
}
