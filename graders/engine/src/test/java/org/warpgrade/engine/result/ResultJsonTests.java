package org.warpgrade.engine.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.CountedRun;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.LineCounters;
import org.warpgrade.engine.result.GradingResult.OccupancyInfo;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Roof;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

class ResultJsonTests {

    private static final Diagnosis DIAGNOSIS = new Diagnosis(
            "y",
            List.of(3, 1025),
            List.of(0, 1024),
            0.25,
            Double.NaN,
            Double.NaN,
            2.6e-6,
            "|y-o| <= 1e-7 + 1e-5 |o|",
            3,
            3075,
            new Text("in every row from column 1024 on", "每一行从第 1024 列起"),
            new Text("does the loop stride past blockDim.x?", "循环？"),
            Double.POSITIVE_INFINITY,
            "softmax_kernel, block (0,0,0) thread (0,0,0)",
            List.of(0.0, 1.0),
            1,
            2,
            "ragged columns",
            "rows=3 cols=1025");

    private static final Finding FINDING = new Finding(
            FindingKind.OUT_OF_BOUNDS,
            Severity.ERROR,
            new SourceLocation("softmax.cu", 12, 5),
            "softmax_kernel",
            new Dim3(1, 0, 0),
            new Dim3(33, 0, 0),
            "write past the end of y");

    private static CheckResult check(String id, Visibility visibility, CheckStatus status) {
        boolean passed = status == CheckStatus.PASSED;
        return new CheckResult(
                id,
                new Text("title", "标题"),
                "ragged columns",
                visibility,
                50,
                passed ? 50 : 0,
                status,
                passed ? new Text("", "") : new Text("wrong", "错误"),
                passed ? null : DIAGNOSIS,
                passed ? List.of() : List.of(FINDING),
                1.5);
    }

    static GradingResult sample() {
        return new GradingResult(
                GradingResult.SCHEMA,
                "op-softmax",
                new Text("Row softmax", "行 softmax"),
                new SubmissionInfo("softmax.cu", "ab".repeat(32), "// \"text\"\n"),
                Verdict.FAILED,
                new Score(50, 150),
                new DeviceInfo("cpu", "CPU device (2 cores)"),
                42L,
                "NVRTC 12.6.77",
                new HarnessInfo("0.1.0", "dcda729"),
                List.of(new Diagnostic(Severity.WARNING, null, "unused variable")),
                List.of(
                        check("P1", Visibility.PUBLIC, CheckStatus.PASSED),
                        check("P2", Visibility.PUBLIC, CheckStatus.FAILED),
                        check("H1", Visibility.HIDDEN, CheckStatus.FAILED)),
                List.of(new KernelInfo(
                        "_Z7softmaxPf",
                        "softmax",
                        3,
                        32,
                        0,
                        1024,
                        256,
                        7,
                        Map.of("sm_80", new OccupancyInfo(0.5, "registers")),
                        Map.of("smsp__inst_executed.sum", 12.0),
                        List.of(new LineCounters(5, Map.of("smsp__inst_executed.sum", 7.0))),
                        new CountedRun("P1", "rows=4", 2, 64, 16))),
                new PerformanceInfo(
                        "model",
                        Map.of("floorMicros", 3.25),
                        "n=1048576",
                        List.of(new Roof("NVIDIA T4", "sm_75", 3.2e11, Map.of("fp32", 8.1e12))),
                        List.of(new KernelPoint(
                                "_Z7softmaxPf", "softmax", "fp32", 1e6, 4e6, 5e6, Map.of("floorMicros", 12.5))),
                        new SpeedPoints(7, 10, true, new Text("fast", "快"))),
                "hello\n",
                new Text("", ""),
                Map.of("compile", 45.25));
    }

    /** What the schema says against the text. */
    private static List<String> complaints(String json) throws IOException {
        try (InputStream schema = ResultJson.class.getResourceAsStream("result.schema.json")) {
            assertThat(schema).isNotNull();
            String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON)
                    .validate(json, InputFormat.JSON)
                    .stream()
                    .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                    .toList();
        }
    }

    @Test
    void what_is_written_fits_the_schema() throws IOException {
        assertThat(complaints(ResultJson.write(sample()))).isEmpty();
        assertThat(complaints(ResultJson.write(Redaction.forAudience(sample(), Audience.STUDENT))))
                .isEmpty();
    }

    @Test
    void the_schema_is_strict() throws IOException {
        String json = ResultJson.write(sample());

        assertThat(complaints(json.replace("\"failed\"", "\"lost\""))).isNotEmpty();
        assertThat(complaints(json.replace("\"earned\"", "\"won\""))).isNotEmpty();
    }

    @Test
    void what_is_written_can_be_read_back() {
        assertThat(ResultJson.read(ResultJson.write(sample()))).isEqualTo(sample());
    }

    @Test
    void a_result_from_before_counters_were_told_by_line_can_still_be_read() {
        String json = ResultJson.write(sample());
        String older = json.replaceFirst("(?s),\\s*\"lines\" : \\[.*?\"countedBlocks\" : 16\\s*}", "")
                .replaceFirst("(?s),\\s*\"problem\".*?(?=\\s*},\\s*\"printed\")", "");

        GradingResult read = ResultJson.read(older);

        assertThat(older).doesNotContain("countedBlocks").doesNotContain("roofs");
        assertThat(read.kernels().getFirst().lines()).isEmpty();
        assertThat(read.kernels().getFirst().counted()).isNull();
        assertThat(read.performance()).isEqualTo(new PerformanceInfo("model", Map.of("floorMicros", 3.25)));
    }

    @Test
    void every_id_can_be_read_back() {
        for (Verdict verdict : Verdict.values()) {
            GradingResult s = sample();
            GradingResult result = new GradingResult(
                    s.schema(),
                    s.assignment(),
                    s.title(),
                    s.submission(),
                    verdict,
                    s.score(),
                    s.device(),
                    null,
                    s.compiler(),
                    s.harness(),
                    s.diagnostics(),
                    s.checks(),
                    s.kernels(),
                    null,
                    s.printed(),
                    s.message(),
                    s.timings());
            assertThat(ResultJson.read(ResultJson.write(result))).isEqualTo(result);
        }
    }

    @Test
    void names_are_stable() {
        assertThat(ResultJson.write(sample()))
                .contains("\"verdict\" : \"failed\"")
                .contains("\"kind\" : \"out-of-bounds\"")
                .contains("\"actual\" : \"NaN\"")
                .contains("\"worstRatio\" : \"Infinity\"")
                .contains("\"seed\" : 42")
                .endsWith("}\n");
    }

    @Test
    void other_text_is_refused_with_the_reason() {
        assertThatThrownBy(() -> ResultJson.read("{")).hasMessageStartingWith("not JSON: ");
        assertThatThrownBy(() -> ResultJson.read("{\"schema\": 2}"))
                .hasMessage("schema version 2 is not 1, which this WarpGrade reads");
        assertThatThrownBy(() -> ResultJson.read("{\"schema\": 1}")).hasMessage("the field 'submission' is missing");
    }

    @Test
    void a_file_is_replaced_at_once_and_leaves_nothing_beside_it(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("deep").resolve("result.json");
        ResultJson.write(sample(), file);
        ResultJson.write(sample(), file);

        assertThat(ResultJson.read(file)).isEqualTo(sample());
        try (Stream<Path> files = Files.list(folder.resolve("deep"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Nested
    class For_a_student {

        private final GradingResult redacted = Redaction.forAudience(sample(), Audience.STUDENT);

        @Test
        void the_seed_is_gone() {
            assertThat(redacted.seed()).isNull();
        }

        @Test
        void a_public_check_is_told_in_full() {
            assertThat(redacted.checks().subList(0, 2))
                    .isEqualTo(sample().checks().subList(0, 2));
        }

        @Test
        void a_hidden_check_keeps_its_story_and_loses_its_data() {
            CheckResult hidden = redacted.checks().get(2);
            Diagnosis diagnosis = hidden.diagnosis();

            assertThat(diagnosis).isNotNull();
            assertThat(List.of(diagnosis.expected(), diagnosis.actual(), diagnosis.error(), diagnosis.bound()))
                    .containsOnly(Double.NaN);
            assertThat(diagnosis.caseLabel()).isEmpty();
            assertThat(diagnosis.coordinate()).containsExactly(0, 1024);
            assertThat(diagnosis.pattern()).isEqualTo(DIAGNOSIS.pattern());
            assertThat(diagnosis.map()).isEqualTo(DIAGNOSIS.map());
            assertThat(hidden.message()).isEqualTo(new Text("wrong", "错误"));
        }

        @Test
        void an_instructor_sees_everything() {
            assertThat(Redaction.forAudience(sample(), Audience.INSTRUCTOR)).isEqualTo(sample());
        }
    }
}
