package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;

/**
 * Every program in {@code faulty} marks its faulty line with {@code // <- kind}, or {@code // <- warning:kind}; exactly
 * those findings must come, at that line, from both executors. No program in {@code clean} may give any.
 */
class FaultyKernelsTests {

    private static final String MARK = "// <- ";
    private static final Pattern OTHER_LINE = Pattern.compile(" at line (\\d+) ");

    static List<String> faulty() throws IOException, URISyntaxException {
        return programs("/faulty");
    }

    static List<String> clean() throws IOException, URISyntaxException {
        return programs("/clean");
    }

    private static List<String> programs(String folder) throws IOException, URISyntaxException {
        URL url = Objects.requireNonNull(FaultyKernelsTests.class.getResource(folder));
        try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
            return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
        }
    }

    @Test
    void there_are_at_least_forty_of_them() throws IOException, URISyntaxException {
        assertThat(faulty()).hasSizeGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void exactly_the_marked_fault_is_found_at_its_line(String file) throws IOException {
        String text = Kernels.read(file);
        assertThat(found(run(Executor.LANE_LOOPS, file, text), marked(text))).isEqualTo(marked(text));
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void the_interpreter_finds_the_same(String file) throws IOException {
        String text = Kernels.read(file);
        assertThat(found(run(Executor.WARP_INTERPRETER, file, text), marked(text)))
                .isEqualTo(marked(text));
    }

    @ParameterizedTest
    @MethodSource("clean")
    void nothing_is_found_in_clean_code(String file) throws IOException {
        for (Executor executor : Executor.values()) {
            RunOutcome outcome = run(executor, file, Kernels.read(file));
            assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
            assertThat(outcome.trace().findings()).isEmpty();
        }
    }

    private static RunOutcome run(Executor executor, String file, String text) {
        float[] floats = new float[64];
        int[] ints = new int[64];
        for (int i = 0; i < 64; i++) {
            floats[i] = (float) Math.sin(i);
            ints[i] = i * 5 % 23;
        }
        DeviceBuffer data = DeviceBuffer.floats("data", Access.INOUT, floats);
        Call call = text.contains("with_input")
                ? Call.of(
                        "with_input",
                        Argument.pointer(DeviceBuffer.floats("in", Access.IN, floats)),
                        Argument.pointer(data),
                        Argument.i32(64))
                : Call.of(
                        "solve",
                        Argument.pointer(data),
                        Argument.pointer(DeviceBuffer.ints("ints", Access.INOUT, ints)),
                        Argument.i32(64));
        RunSettings settings = RunSettings.defaults()
                .withSanitize(true)
                .withLimits(RunLimits.defaults()
                        .withDeadline(Duration.ofMillis(file.startsWith("/faulty/endless") ? 1500 : 20_000)));
        return Kernels.run(executor, file, call, settings);
    }

    private static String inWords(Finding finding, String line) {
        String severity = finding.severity() == Severity.ERROR
                ? ""
                : finding.severity().name().toLowerCase(Locale.ROOT) + ":";
        return severity + finding.kind().id() + " at line " + line;
    }

    /** Two accesses make a race; which of them comes second, and so is told, depends on the order of the threads. */
    private static String eitherLine(Finding finding, TreeSet<String> marked) {
        Matcher other = OTHER_LINE.matcher(finding.message());
        if (other.find() && marked.contains(inWords(finding, other.group(1)))) {
            return inWords(finding, other.group(1));
        }
        return inWords(
                finding,
                finding.at() == null ? "?" : String.valueOf(finding.at().line()));
    }

    private static TreeSet<String> found(RunOutcome outcome, TreeSet<String> marked) {
        TreeSet<String> found = new TreeSet<>();
        for (Finding finding : outcome.trace().findings()) {
            found.add(eitherLine(finding, marked));
        }
        return found;
    }

    private static TreeSet<String> marked(String text) {
        TreeSet<String> marked = new TreeSet<>();
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = 0; i < lines.size(); i++) {
            int mark = lines.get(i).indexOf(MARK);
            if (mark >= 0) {
                for (String kind : lines.get(i).substring(mark + MARK.length()).split(" ")) {
                    marked.add(kind + " at line " + (i + 1));
                }
            }
        }
        return marked;
    }
}
