package org.warpgrade.reports.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.result.Verdict;

/** Every way in which a build gets lost, and that the grade does not. */
class RemoteGradingTests {

    @TempDir
    private Path folder;

    private FakeJenkins server;
    private HttpJenkins jenkins;
    private RemoteGrading grading;
    private Path file;
    private final ExecutorService client = Executors.newSingleThreadExecutor();

    @BeforeEach
    void start() throws IOException {
        server = new FakeJenkins();
        jenkins = new HttpJenkins(server.root(), null, Duration.ofMillis(1));
        grading = grading();
        file = Files.writeString(folder.resolve("a.cu"), "float x;");
    }

    private RemoteGrading grading() {
        Duration poll = Duration.ofMillis(5);
        return new RemoteGrading(
                jenkins,
                new RemoteGrading.Settings(FakeJenkins.JOB, "v1", poll, Duration.ofMillis(100), Duration.ofSeconds(20)),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        jenkins.close();
        server.close();
    }

    private Future<GradingResult> ask() {
        return client.submit(() -> grading.grade(file, "op-softmax", 7));
    }

    /** Waits for the next build to wait in the queue, and begins it. */
    private int begin() throws InterruptedException {
        for (int i = 0; i < 4000; i++) {
            synchronized (server) {
                if (!server.queue.isEmpty()) {
                    return server.begin();
                }
            }
            Thread.sleep(2);
        }
        throw new AssertionError("nothing was submitted");
    }

    private void succeed(int number) {
        server.end(number, "SUCCESS", Map.of("out/result.json", result(server.builds.get(number).content())));
    }

    private static String result(String content) {
        return ResultJson.write(new GradingResult(
                GradingResult.SCHEMA,
                "op-softmax",
                new Text("", ""),
                new SubmissionInfo("a.cu", sha256(content), content),
                Verdict.PASSED,
                new Score(100, 100),
                new DeviceInfo("cpu", "CPU"),
                7L,
                "NVRTC",
                new HarnessInfo("1", "c"),
                List.of(),
                List.of(),
                List.of(),
                null,
                "",
                new Text("", ""),
                Map.of()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_result_comes_from_the_artifact() throws Exception {
        Future<GradingResult> answer = ask();
        succeed(begin());

        assertThat(answer.get().score().earned()).isEqualTo(100);
        assertThat(server.posts).hasSize(1);
    }

    @Test
    void a_trigger_whose_answer_was_lost_makes_no_second_build() throws Exception {
        server.lostAnswers = 1;
        Future<GradingResult> answer = ask();
        succeed(begin());

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(server.posts).hasSize(1);
    }

    @Test
    void who_asks_again_finds_the_build_that_is_there() throws Exception {
        Future<GradingResult> first = ask();
        int number = begin();
        first.cancel(true);
        grading = grading();

        Future<GradingResult> second = ask();
        succeed(number);

        assertThat(second.get().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(server.posts).hasSize(1);
    }

    @Test
    void a_server_killed_while_a_build_waits_gets_it_again() throws Exception {
        Future<GradingResult> answer = ask();
        while (server.posts.isEmpty()) {
            Thread.sleep(2);
        }
        server.restart();
        succeed(begin());

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(server.posts).hasSize(2);
    }

    @Test
    void an_agent_that_dies_in_the_middle_costs_another_build() throws Exception {
        Future<GradingResult> answer = ask();
        int dying = begin();
        server.end(dying, "FAILURE", Map.of());
        succeed(begin());

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void half_a_result_or_one_of_another_file_is_none() throws Exception {
        Future<GradingResult> answer = ask();
        server.end(begin(), "SUCCESS", Map.of("result.json", "{\"schema\":1"));
        server.end(begin(), "SUCCESS", Map.of("result.json", result("another file")));
        succeed(begin());

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void three_lost_builds_are_a_fault_of_ours() throws Exception {
        Future<GradingResult> answer = ask();
        for (int i = 0; i < 3; i++) {
            server.end(begin(), "FAILURE", Map.of());
        }

        assertThatThrownBy(answer::get)
                .hasCauseInstanceOf(HarnessFault.class)
                .hasMessageContaining("a.cu was not graded on Jenkins in 3 attempts: "
                        + "build 3 ended as FAILURE without a result");
    }

    @Test
    void what_an_earlier_run_lost_does_not_count_against_this_one() throws Exception {
        three_lost_builds_are_a_fault_of_ours();

        Future<GradingResult> again = ask();
        succeed(begin());

        assertThat(again.get().verdict()).isEqualTo(Verdict.PASSED);
    }
}
