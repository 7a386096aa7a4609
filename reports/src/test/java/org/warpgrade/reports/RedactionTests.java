package org.warpgrade.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.Attempt;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.engine.result.History;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.Words;
import org.warpgrade.reports.terminal.Palette;

/** Every format, every field: what a student may not see is not there, and what it is has been decided. */
class RedactionTests {

    /** The decision. A new field of a result is in neither set until somebody has thought about it. */
    private static final Set<String> SECRET = Set.of(
            "seed",
            "checks[hidden].diagnosis.expected",
            "checks[hidden].diagnosis.actual",
            "checks[hidden].diagnosis.error",
            "checks[hidden].diagnosis.bound",
            "checks[hidden].diagnosis.caseLabel",
            "kernels.counted.caseLabel");

    /** The words of our own failures; nobody knows what they hold. */
    private static final Set<String> SECRET_IF_OURS = Set.of(
            "message.en", "message.zh",
            "checks[public].message.en", "checks[public].message.zh",
            "checks[hidden].message.en", "checks[hidden].message.zh");

    private static final String OPEN = """
            assignment title.en title.zh submission.file submission.sha256 submission.text score.earned score.possible
            device.kind device.name compiler harness.version harness.commit diagnostics.at.file diagnostics.at.line
            diagnostics.at.column diagnostics.message printed message.en message.zh timings timings.key
            checks[].title.en checks[].title.zh checks[].family checks[].points checks[].earned checks[].message.en
            checks[].message.zh checks[].millis checks[].diagnosis.tensor checks[].diagnosis.shape
            checks[].diagnosis.coordinate checks[].diagnosis.tolerance checks[].diagnosis.wrong checks[].diagnosis.total
            checks[].diagnosis.pattern.en checks[].diagnosis.pattern.zh checks[].diagnosis.likelyCause.en
            checks[].diagnosis.likelyCause.zh checks[].diagnosis.worstRatio checks[].diagnosis.writer
            checks[].diagnosis.family checks[].findings.at.file checks[].findings.at.line checks[].findings.at.column
            checks[].findings.kernel checks[].findings.block.x checks[].findings.block.y checks[].findings.block.z
            checks[].findings.thread.x checks[].findings.thread.y checks[].findings.thread.z checks[].findings.message
            kernels.name kernels.displayName kernels.line kernels.registers kernels.spillBytes kernels.sharedBytes
            kernels.blockThreads kernels.launches kernels.occupancy.key kernels.occupancy.fraction
            kernels.occupancy.limiter kernels.counters.key kernels.counters kernels.lines.line
            kernels.lines.counters.key kernels.lines.counters kernels.counted.launches kernels.counted.blocks
            kernels.counted.countedBlocks performance.metrics.key performance.metrics performance.problem
            performance.roofs.gpu performance.roofs.architecture performance.roofs.bytesPerSecond
            performance.roofs.flopsPerSecond.key performance.roofs.flopsPerSecond performance.kernels.name
            performance.kernels.displayName performance.kernels.type performance.kernels.flops
            performance.kernels.compulsoryBytes performance.kernels.requestedBytes performance.kernels.metrics.key
            performance.kernels.metrics performance.points.earned performance.points.possible
            performance.points.message.en performance.points.message.zh
            """;

    /** Of a public check nothing is secret. */
    private static final Set<String> OPEN_IN_PUBLIC = Set.of(
            "checks[public].diagnosis.expected",
            "checks[public].diagnosis.actual",
            "checks[public].diagnosis.error",
            "checks[public].diagnosis.bound",
            "checks[public].diagnosis.caseLabel");

    @TempDir
    private Path folder;

    @Test
    void of_every_field_somebody_has_decided_who_may_see_it() {
        Set<String> open = Set.of(OPEN.split("\\s+"));
        Set<String> undecided = new TreeSet<>(
                planted(Verdict.FAILED, CheckStatus.FAILED).byPath().keySet());
        undecided.removeIf(path -> SECRET.contains(path)
                || OPEN_IN_PUBLIC.contains(path)
                || open.contains(path.replaceAll("\\[\\w+]", "[]")));

        assertThat(undecided).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void no_format_tells_a_student_a_secret(String language) throws IOException {
        Planted planted = planted(Verdict.FAILED, CheckStatus.FAILED);

        formats(planted.result(), Audience.STUDENT, language)
                .forEach((format, text) -> SECRET.forEach(path -> assertThat(text)
                        .as(format + " " + path)
                        .doesNotContain(planted.byPath().get(path))));
    }

    @Test
    void nor_why_we_could_not_measure_speed() {
        GradingResult measured = Results.measured(
                new SpeedPoints(0, 10, false, new Text("Not assessed: java.io.IOException", "未评定")), "cuda");
        assertThat(Reports.forAudience(measured, Audience.STUDENT)
                        .performance()
                        .points()
                        .message()
                        .en())
                .isEqualTo("Not assessed: the measurement failed, which is not your fault.");
        GradingResult without = Results.measured(new SpeedPoints(0, 10, false, new Text("only on cuda", "")), "cpu");
        assertThat(Reports.forAudience(without, Audience.STUDENT)
                        .performance()
                        .points()
                        .message()
                        .en())
                .isEqualTo("only on cuda");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void nor_the_words_of_our_own_failures(String language) throws IOException {
        Planted planted = planted(Verdict.HARNESS_ERROR, CheckStatus.HARNESS_ERROR);

        formats(planted.result(), Audience.STUDENT, language)
                .forEach((format, text) -> SECRET_IF_OURS.forEach(path -> assertThat(text)
                        .as(format + " " + path)
                        .doesNotContain(planted.byPath().get(path))));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void nor_a_path_of_this_machine(Verdict verdict) throws IOException {
        String home = System.getProperty("user.home") + "/inner-folder/";
        Planted planted = new Planted(verdict, CheckStatus.FAULTED, home);
        GradingResult shown = Reports.forAudience(planted.result(), Audience.STUDENT);

        assertThat(List.of(
                        shown.compiler(),
                        shown.device().name(),
                        shown.message().en(),
                        shown.message().zh(),
                        shown.diagnostics().getFirst().message(),
                        String.valueOf(shown.diagnostics().getFirst().at()),
                        shown.checks().getFirst().message().zh(),
                        shown.checks().getLast().message().en(),
                        shown.checks().getLast().findings().getFirst().message(),
                        String.valueOf(
                                shown.checks().getLast().findings().getFirst().at())))
                .allSatisfy(text -> assertThat(text).doesNotContain("inner-folder"));
        assertThat(shown.compiler()).startsWith("…/m");
    }

    @Test
    void an_instructor_sees_it_all() throws IOException {
        Planted planted = planted(Verdict.FAILED, CheckStatus.FAILED);
        Map<String, String> formats = formats(planted.result(), Audience.INSTRUCTOR, "en");

        for (String path : SECRET) {
            if (!path.equals("kernels.counted.caseLabel")) {
                assertThat(formats.get("index.html"))
                        .as(path)
                        .contains(planted.byPath().get(path));
            }
        }
        assertThat(formats.get("result.json"))
                .contains(planted.byPath().get("seed"))
                .contains(planted.byPath().get("kernels.counted.caseLabel"))
                .contains(planted.byPath().get("checks[hidden].diagnosis.caseLabel"));
    }

    @Test
    void redacting_twice_changes_nothing() {
        GradingResult once =
                Reports.forAudience(planted(Verdict.FAILED, CheckStatus.FAILED).result(), Audience.STUDENT);

        assertThat(Reports.forAudience(once, Audience.STUDENT)).isEqualTo(once);
    }

    /** What a program can put where it likes, it can make a hidden input: it reads so many bytes past the end. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void nor_numbers_that_a_submission_chose_in_what_was_found(String language) throws IOException {
        String offset = "reads 4 bytes 1065353216 bytes past the end of x (48213 bytes)";
        String address = "reads 4 bytes through a pointer that points nowhere (address 0x3f9df3b6)";
        GradingResult result = found(Visibility.HIDDEN, offset, address);

        formats(result, Audience.STUDENT, language)
                .forEach((format, text) ->
                        assertThat(text).as(format).doesNotContain("1065353216", "48213", "3f9df3b6"));
        assertThat(formats(result, Audience.INSTRUCTOR, language).get("index.html"))
                .contains("1065353216", "3f9df3b6");
        assertThat(formats(found(Visibility.PUBLIC, offset, address), Audience.STUDENT, language)
                        .get("index.html"))
                .contains("1065353216", "48213", "3f9df3b6");
    }

    @Test
    void lines_coordinates_and_small_numbers_stay() {
        String race =
                "reads offset 128 of shared memory, which thread (1023,0,0) wrote at line 1200 without a barrier in"
                        + " between: is a __syncthreads() missing?";
        CheckResult shown = Reports.forAudience(found(Visibility.HIDDEN, race, race), Audience.STUDENT)
                .checks()
                .getFirst();

        assertThat(shown.findings().getFirst().message()).isEqualTo(race);
        assertThat(shown.message().en()).contains(race);
    }

    /** A right program that spoils one element on purpose would read the expected value off the ratio. */
    @Test
    void of_the_worst_error_of_a_hidden_check_only_the_magnitude_is_told() {
        Planted planted = planted(Verdict.FAILED, CheckStatus.FAILED);
        CheckResult hidden = planted.result().checks().getLast();
        Diagnosis d = Objects.requireNonNull(hidden.diagnosis());

        assertThat(worstTold(d, 49_823.71)).isEqualTo(1e4);
        assertThat(worstTold(d, 1e4)).isEqualTo(1e4);
        assertThat(worstTold(d, 3e30)).isEqualTo(1e30);
        assertThat(worstTold(d, Double.POSITIVE_INFINITY)).isInfinite();
    }

    private static double worstTold(Diagnosis d, double ratio) {
        Diagnosis wrong = new Diagnosis(
                d.tensor(),
                d.shape(),
                d.coordinate(),
                d.expected(),
                d.actual(),
                d.error(),
                d.bound(),
                d.tolerance(),
                d.wrong(),
                d.total(),
                d.pattern(),
                d.likelyCause(),
                ratio,
                d.writer(),
                d.map(),
                d.mapRows(),
                d.mapColumns(),
                d.family(),
                d.caseLabel(),
                d.blocks());
        GradingResult once =
                Reports.forAudience(checked(Visibility.HIDDEN, new Text("", ""), wrong, List.of()), Audience.STUDENT);
        GradingResult twice = Reports.forAudience(once, Audience.STUDENT);
        assertThat(twice).isEqualTo(once);
        return Objects.requireNonNull(twice.checks().getFirst().diagnosis()).worstRatio();
    }

    /** One check that found this, told as the engine tells it. */
    private static GradingResult found(Visibility visibility, String... messages) {
        List<Finding> findings = Stream.of(messages)
                .map(message -> new Finding(
                        FindingKind.OUT_OF_BOUNDS,
                        Severity.ERROR,
                        new SourceLocation("softmax.cu", 9, 0),
                        "softmax_kernel",
                        new Dim3(0, 0, 0),
                        new Dim3(1, 0, 0),
                        message))
                .toList();
        Text told = new Text(
                "Case ragged columns. Access out of bounds: " + messages[0] + ".",
                "用例 ragged columns。越界访问：" + Words.in("zh", messages[0]) + "。");
        return checked(visibility, told, null, findings);
    }

    private static GradingResult checked(
            Visibility visibility, Text message, @Nullable Diagnosis diagnosis, List<Finding> findings) {
        GradingResult base = Results.failed();
        CheckResult check = new CheckResult(
                "H1",
                new Text("t", "t"),
                "ragged columns",
                visibility,
                10,
                0,
                CheckStatus.FAULTED,
                message,
                diagnosis,
                findings,
                1);
        return new GradingResult(
                base.schema(),
                base.assignment(),
                base.title(),
                base.submission(),
                Verdict.FAULTED,
                base.score(),
                base.device(),
                base.seed(),
                base.compiler(),
                base.harness(),
                List.of(),
                List.of(check),
                List.of(),
                null,
                "",
                new Text("", ""),
                base.timings());
    }

    private static Planted planted(Verdict verdict, CheckStatus status) {
        return new Planted(verdict, status, "zq");
    }

    /** What this audience gets to see, by format. */
    private Map<String, String> formats(GradingResult result, Audience audience, String language) throws IOException {
        GradingResult shown = Reports.forAudience(result, audience);
        Attempt attempt = Attempt.of(shown, Instant.EPOCH);
        ResultJson.write(shown, folder.resolve("result.json"));
        History.append(folder.resolve(History.FILE), attempt);
        Reports.write(result, audience, language, null, List.of(attempt, attempt), folder);
        Map<String, String> formats = new LinkedHashMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                formats.put(file.getFileName().toString(), readable(Files.readString(file)));
            }
        }
        formats.put(
                "terminal", readable(String.join("\n", Reports.terminalLines(shown, language, Palette.coloured()))));
        assertThat(formats.keySet())
                .contains("index.html", "result.json", "junit.xml", "report.sarif", "summary.md", History.FILE);
        return formats;
    }

    /** Numbers as every format spells them. */
    private static String readable(String text) {
        return text.replace('E', 'e');
    }
}
