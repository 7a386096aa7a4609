package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTests {

    /** Threads of a block read what others write, with no barrier in between. */
    private static Path race(Path folder) throws IOException {
        return Files.writeString(folder.resolve("race.cu"), """
                __global__ void shift(int* v) {
                    __shared__ int s[64];
                    s[threadIdx.x] = v[threadIdx.x];
                    v[threadIdx.x] = s[63 - threadIdx.x];
                }
                extern "C" void solve(int* v) { shift<<<1, 64>>>(v); }
                """);
    }

    @Test
    void races_are_told_unless_nobody_is_to_watch(@TempDir Path folder) throws IOException {
        String file = race(folder).toString();
        Session watched = Session.of("run", file, "--entry", "solve", "--arg", "v=inout:i32:64=ones");
        assertThat(watched.status()).isEqualTo(1);
        assertThat(watched.err()).contains("race.cu:4", "without a barrier in between");

        Session unwatched =
                Session.of("run", file, "--entry", "solve", "--no-sanitize", "--arg", "v=inout:i32:64=ones");
        assertThat(unwatched.err()).doesNotContain("barrier");
        assertThat(unwatched.status()).isZero();
    }
}
