package org.warpgrade.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunTrace;

class GradingTests {

    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void catalogue_with_one_assignment() throws IOException {
        FakeCatalog.at(home);
        file = write("mine.cu", "// assignment: fake-softmax\n\n__global__ void softmax_kernel(const float* x) {}\n");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private GradingResult grade(Device device, GradingRequest request) throws IntakeException {
        return new Grading(Catalog.of(home), new FakeCompiler(), device, id -> FakeCatalog.checks()).run(request);
    }

    @Test
    void a_right_submission_gets_everything() throws IntakeException {
        GradingResult result = grade(
                FakeDevice.running(Softmax::right), GradingRequest.of(file).withSeed(9));

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.score()).isEqualTo(new Score(100, 100));
        assertThat(result.assignment()).isEqualTo("fake-softmax");
        assertThat(result.seed()).isEqualTo(9);
        assertThat(result.submission().file()).isEqualTo("mine.cu");
        assertThat(result.submission().sha256()).hasSize(64);
        assertThat(result.compiler()).isEqualTo("fake compiler 1.0");
        assertThat(result.printed()).isEqualTo("printed softmax\n");
        assertThat(result.timings().keySet())
                .containsExactly("intake", "compile", "checks", "count", "kernels", "record");
    }

    @Test
    void kernels_are_told_with_registers_and_occupancy() throws IntakeException {
        GradingResult result = grade(FakeDevice.running(Softmax::right), GradingRequest.of(file));

        assertThat(result.kernels()).singleElement().satisfies(kernel -> {
            assertThat(kernel.displayName()).isEqualTo("softmax_kernel");
            assertThat(kernel.line()).isEqualTo(3);
            assertThat(kernel.registers()).isEqualTo(64);
            assertThat(kernel.spillBytes()).isEqualTo(8);
            assertThat(kernel.blockThreads()).isEqualTo(256);
            assertThat(kernel.launches()).isEqualTo(5);
            assertThat(kernel.occupancy().get("sm_80")).isEqualTo(new GradingResult.OccupancyInfo(0.5, "registers"));
        });
    }

    @Test
    void a_wrong_submission_gets_what_is_right() throws IntakeException {
        GradingResult result = grade(FakeDevice.running(memory -> Softmax.rows(memory, 1024)), GradingRequest.of(file));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.score()).isEqualTo(new Score(55, 100));
    }

    @Test
    void a_student_checks_the_public_ones_only() throws IntakeException {
        GradingResult result = grade(
                FakeDevice.running(Softmax::right), GradingRequest.of(file).publicOnly());

        assertThat(result.checks()).extracting(CheckResult::id).containsExactly("P1");
        assertThat(result.score()).isEqualTo(new Score(10, 10));
    }

    @Test
    void the_same_seed_gives_the_same_result() throws IntakeException {
        Device device = FakeDevice.running(memory -> Softmax.rows(memory, 1));

        List<CheckResult> one =
                grade(device, GradingRequest.of(file).withSeed(3)).checks();
        List<CheckResult> other =
                grade(device, GradingRequest.of(file).withSeed(3)).checks();

        assertThat(one)
                .extracting(CheckResult::diagnosis)
                .isEqualTo(other.stream().map(CheckResult::diagnosis).toList());
        assertThat(GradingRequest.of(file).seed())
                .isNotEqualTo(GradingRequest.of(file).seed());
    }

    @Nested
    class A_verdict_without_checks {

        @Test
        void compile_error() throws IOException, IntakeException {
            write("mine.cu", "// assignment: fake-softmax\nMISTAKE\n");
            GradingResult result = grade(FakeDevice.running(Softmax::right), GradingRequest.of(file));

            assertThat(result.verdict()).isEqualTo(Verdict.COMPILE_ERROR);
            assertThat(result.score()).isEqualTo(new Score(0, 100));
            assertThat(result.checks()).extracting(CheckResult::status).containsOnly(CheckStatus.NOT_ASSESSED);
            assertThat(result.message())
                    .isEqualTo(new Text(
                            "The file does not compile: mine.cu:2: identifier \"MISTAKE\" is undefined",
                            "文件无法编译：mine.cu:2: identifier \"MISTAKE\" is undefined"));
        }

        @Test
        void rejected_by_the_guard() throws IOException, IntakeException {
            write("mine.cu", "// assignment: fake-softmax\n#include \"/etc/passwd\"\n");
            GradingResult result = grade(FakeDevice.running(Softmax::right), GradingRequest.of(file));

            assertThat(result.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(result.message().en()).isEqualTo("The file is not accepted: cannot include \"/etc/passwd\"");
        }

        @Test
        void rejected_as_no_text() throws IOException, IntakeException {
            Files.write(file, new byte[] {'/', '/', '\n', (byte) 0xC3, '('});
            GradingResult result = grade(
                    FakeDevice.running(Softmax::right), GradingRequest.of(file).forAssignment("fake-softmax"));

            assertThat(result.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(result.message().en())
                    .isEqualTo("The file is not UTF-8 text: byte 3 (line 2) cannot be decoded.");
        }

        @Test
        void rejected_as_too_large() throws IOException, IntakeException {
            Files.write(file, "x".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8));
            GradingResult result = grade(
                    FakeDevice.running(Softmax::right), GradingRequest.of(file).forAssignment("fake-softmax"));

            assertThat(result.message().en())
                    .isEqualTo("The file has more than 1048576 bytes, which is the most that is accepted.");
        }

        @Test
        void harness_error_counts_no_points() throws IntakeException {
            GradingResult result = grade(
                    FakeDevice.behaving(m -> new RunOutcome.DeviceLost("the GPU fell off", RunTrace.empty())),
                    GradingRequest.of(file));

            assertThat(result.verdict()).isEqualTo(Verdict.HARNESS_ERROR);
            assertThat(result.score()).isEqualTo(new Score(0, 0));
        }
    }

    @Nested
    class The_assignment_of_a_file {

        private String of(Path submitted) throws IntakeException {
            return grade(FakeDevice.running(Softmax::right), GradingRequest.of(submitted))
                    .assignment();
        }

        @Test
        void is_told_by_its_name_or_folder() throws IOException, IntakeException {
            Path folder = Files.createDirectories(home.resolve("work/fake-softmax/alice"));

            assertThat(of(write("fake-softmax.cu", "void f() {}"))).isEqualTo("fake-softmax");
            assertThat(of(Files.writeString(folder.resolve("solution.cu"), "void f() {}")))
                    .isEqualTo("fake-softmax");
        }

        @Test
        void may_stand_after_a_byte_order_mark() throws IOException, IntakeException {
            assertThat(of(write("a.cu", "\uFEFF// assignment: fake-softmax\r\nvoid f() {}")))
                    .isEqualTo("fake-softmax");
        }

        @Test
        void must_be_told_somehow() throws IOException {
            Path plain = write("a.cu", "void f() {}");

            assertThatThrownBy(() -> of(plain))
                    .isInstanceOf(IntakeException.class)
                    .hasMessage("cannot tell which assignment " + plain
                            + " answers: give -a ID, or write a line '// assignment: ID' into it");
        }

        @Test
        void must_exist() {
            assertThatThrownBy(() -> grade(
                            FakeDevice.running(Softmax::right),
                            GradingRequest.of(file).forAssignment("op-magic")))
                    .hasMessage("there is no assignment 'op-magic'; './warpgrade list' shows all");
        }

        @Test
        void needs_a_file() {
            Path nowhere = home.resolve("nowhere.cu");

            assertThatThrownBy(() -> of(nowhere)).hasMessage(nowhere + " does not exist");
            assertThatThrownBy(() -> of(home)).hasMessage(home + " is a folder, not a file");
        }
    }

    @Test
    void checks_are_found_by_their_annotation_or_missed_in_one_sentence() {
        assertThatThrownBy(() -> ChecksFinder.onClassPath().checksOf("op-magic"))
                .hasMessage("no class is annotated @ChecksFor(\"op-magic\")");
    }
}
