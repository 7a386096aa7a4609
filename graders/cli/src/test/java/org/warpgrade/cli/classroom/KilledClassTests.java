package org.warpgrade.cli.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class graded twice: undisturbed, and killed three times at random moments; both end with the same gradebook. A thousand
 * hand-ins take some minutes, {@code -Dwarpgrade.class=N} makes it {@code 4 N}.
 */
@Tag("slow")
class KilledClassTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "."));

    @TempDir
    private Path folder;

    @Test
    void a_class_that_is_killed_three_times_ends_with_the_gradebook_of_an_undisturbed_one() throws Exception {
        int students = Integer.getInteger("warpgrade.class", 250);
        List<String> assignments = List.of("cuda-saxpy", "op-softmax", "op-activations", "attn-masks");
        SyntheticClass.write(HOME, folder.resolve("in"), students, assignments, 2026);

        long start = System.nanoTime();
        int status = batch("undisturbed").waitFor();
        long nanos = System.nanoTime() - start;
        assertThat(status).isZero();

        Random random = new Random();
        for (int kill = 0; kill < 3; kill++) {
            Process process = batch("killed");
            long wait = nanos / 8 + (long) (random.nextDouble() * nanos / 5);
            if (!process.waitFor(wait, TimeUnit.NANOSECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        assertThat(batch("killed").waitFor()).isZero();

        assertThat(Files.readString(folder.resolve("killed/gradebook.json")))
                .isEqualTo(Files.readString(folder.resolve("undisturbed/gradebook.json")));
    }

    private Process batch(String out) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dwarpgrade.home=" + HOME.toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.warpgrade.cli.Main"));
        command.addAll(List.of(
                "batch", folder.resolve("in").toString(), "--out", folder.resolve(out).toString(), "--seed", "7", "--no-reports"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(out + ".log").toFile())
                .start();
    }
}
