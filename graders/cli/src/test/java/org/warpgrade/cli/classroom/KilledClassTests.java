package org.warpgrade.cli.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class graded twice, with all reports: undisturbed, and killed three times at random moments; both end with the same
 * gradebook. A thousand hand-ins take some minutes, {@code -Dwarpgrade.class=N} makes it {@code 4 N}. What it measures it prints,
 * in lines that begin with {@code class:}.
 */
@Tag("slow")
class KilledClassTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "."));

    private static final int KILLS = 3;

    /** How often a run is looked at. */
    private static final long LOOK_MILLIS = 250;

    @TempDir
    private Path folder;

    private int handIns;

    @Test
    void a_class_that_is_killed_three_times_ends_with_the_gradebook_of_an_undisturbed_one() throws Exception {
        int students = Integer.getInteger("warpgrade.class", 250);
        List<String> assignments = List.of("cuda-saxpy", "op-softmax", "op-activations", "attn-masks");
        say(
                "%d hand-ins: %s",
                students * assignments.size(),
                SyntheticClass.write(HOME, folder.resolve("in"), students, assignments, 2026));
        handIns = students * assignments.size();

        Run undisturbed = run("undisturbed", Long.MAX_VALUE);
        assertThat(undisturbed.status()).as(log("undisturbed")).isZero();
        say(
                "undisturbed: %.2f submissions per second (%d in %.0f s), peak memory %d MiB",
                handIns / undisturbed.seconds(), handIns, undisturbed.seconds(), undisturbed.peak());

        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            double wait = undisturbed.seconds() * (0.08 + 0.17 * random.nextDouble());
            Run killed = run("killed", (long) (wait * 1e9));
            assertThat(killed.status())
                    .as("killed, not ended by itself: %s", log("killed"))
                    .isEqualTo(128 + 9);
            say(
                    "kill -9 number %d after %.1f s: %d of %d have a result",
                    kill, killed.seconds(), results("killed"), handIns);
        }
        Run rest = run("killed", Long.MAX_VALUE);
        assertThat(rest.status()).as(log("killed")).isZero();
        say("the rest in %.0f s, peak memory %d MiB", rest.seconds(), rest.peak());

        for (String file : List.of("gradebook.json", "gradebook.csv", "canvas.csv", "moodle.csv")) {
            assertThat(folder.resolve("killed").resolve(file))
                    .hasSameTextualContentAs(folder.resolve("undisturbed").resolve(file));
        }
        say("gradebooks after %d kills: equal", KILLS);
    }

    /** @param peak the most memory that was resident, MiB */
    private record Run(int status, double seconds, long peak) {}

    /** Runs a batch; kills it when its time is over. */
    private Run run(String out, long nanos) throws IOException, InterruptedException {
        Process process = batch(out);
        long start = System.nanoTime();
        long peak = 0;
        int quarter = 1;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, memory(process, "VmHWM"));
            if (System.nanoTime() - start > nanos) {
                process.destroyForcibly();
            } else if (nanos == Long.MAX_VALUE && quarter < 4 && results(out) >= quarter * handIns / 4) {
                say(
                        "%s: %d %% after %.0f s, memory %d MiB",
                        out, 25 * quarter, seconds(start), memory(process, "VmRSS"));
                quarter++;
            }
        }
        return new Run(process.exitValue(), seconds(start), peak);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Of a process on Linux, MiB; 0 elsewhere. */
    private static long memory(Process process, String line) {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return status.filter(l -> l.startsWith(line + ":"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Counted where they lie; while folders move into place, a count may be one short. */
    private long results(String out) throws IOException {
        Path root = folder.resolve(out).resolve("results");
        if (!Files.isDirectory(root)) {
            return 0;
        }
        try (Stream<Path> folders = Files.find(root, 3, (file, attributes) -> attributes.isDirectory())) {
            return folders.filter(f -> root.relativize(f).getNameCount() == 3).count();
        }
    }

    private String log(String out) throws IOException {
        return Files.readString(folder.resolve(out + ".log"));
    }

    private static void say(String format, Object... arguments) {
        System.out.println("class: " + String.format(Locale.ROOT, format, arguments));
    }

    /** With the JVM that the launcher script gives to a batch. */
    private Process batch(String out) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + 512 * (1 + Runtime.getRuntime().availableProcessors()) + "m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:-DontCompileHugeMethods",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=CompileThresholdScaling,org.warpgrade.gpu.cpu.generated.*::*,0.03",
                "-XX:CompileCommand=dontinline,org.warpgrade.gpu.cpu.LaneAccess::shared*",
                "--enable-native-access=ALL-UNNAMED",
                "-Dwarpgrade.home=" + HOME.toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.warpgrade.cli.Main"));
        command.addAll(List.of(
                "batch",
                folder.resolve("in").toString(),
                "--out",
                folder.resolve(out).toString(),
                "--seed",
                "7"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(out + ".log").toFile()))
                .start();
    }
}
