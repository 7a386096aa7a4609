package org.warpgrade.reports.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.Sha256;
import org.warpgrade.engine.SteadyClock;
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

    private static final HarnessInfo OURS = new HarnessInfo("1", "c");

    @TempDir
    private Path folder;

    private FakeJenkins server;
    private HttpJenkins jenkins;
    private RemoteGrading grading;
    private Path file;
    private final List<RemoteNews> news = new CopyOnWriteArrayList<>();
    private final ExecutorService client = Executors.newSingleThreadExecutor();

    @BeforeEach
    void start() throws IOException {
        server = new FakeJenkins();
        jenkins = new HttpJenkins(server.root(), null, Duration.ofMillis(1));
        grading = grading();
        file = Files.writeString(folder.resolve("a.cu"), "float x;");
    }

    private RemoteGrading grading() {
        return grading("v1");
    }

    private RemoteGrading grading(String occasion) {
        Duration poll = Duration.ofMillis(5);
        return new RemoteGrading(
                jenkins,
                new RemoteGrading.Settings(
                        FakeJenkins.JOB, occasion, poll, Duration.ofMillis(100), Duration.ofSeconds(20), OURS),
                SteadyClock.ofSystem(),
                news::add);
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
        server.end(
                number,
                "SUCCESS",
                Map.of("out/result.json", result(server.builds.get(number).content())));
    }

    private static String result(String content) {
        return result(content, Verdict.PASSED);
    }

    private static String result(String content, Verdict verdict) {
        return ResultJson.write(new GradingResult(
                GradingResult.SCHEMA,
                "op-softmax",
                new Text("", ""),
                new SubmissionInfo("a.cu", Sha256.of(content), content),
                verdict,
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
                new Text("the GPU fell off", "GPU 掉线"),
                Map.of()));
    }

    @Test
    void the_result_comes_from_the_artifact() throws Exception {
        Future<GradingResult> answer = ask();
        succeed(begin());

        assertThat(answer.get().score().earned()).isEqualTo(100);
        assertThat(server.description).isEqualTo("description=op-softmax%3A+100+of+100%2C+passed");
        assertThat(server.triggers()).hasSize(1);
    }

    @Test
    void an_agent_with_another_warpgrade_is_told_of_once() throws Exception {
        HarnessInfo newer = new HarnessInfo("2", "d");
        for (String text : List.of("float x;", "float y;")) {
            Files.writeString(file, text);
            Future<GradingResult> answer = ask();
            int number = begin();
            String result = result(text)
                    .replace("\"version\" : \"1\"", "\"version\" : \"2\"")
                    .replace("\"commit\" : \"c\"", "\"commit\" : \"d\"");
            server.end(number, "SUCCESS", Map.of("result.json", result));
            assertThat(answer.get().harness()).isEqualTo(newer);
        }

        assertThat(news).containsExactly(new RemoteNews.OtherWarpGrade(newer, OURS));
    }

    @Test
    void a_trigger_whose_answer_was_lost_makes_no_second_build() throws Exception {
        server.lostAnswers = 1;
        Future<GradingResult> answer = ask();
        succeed(begin());

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(server.triggers()).hasSize(1);
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
        assertThat(server.triggers()).hasSize(1);
    }

    @Test
    void a_server_killed_while_a_build_waits_gets_it_again() throws Exception {
        Future<GradingResult> answer = ask();
        while (server.triggers().isEmpty()) {
            Thread.sleep(2);
        }
        server.restart();
        succeed(begin());

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(server.triggers()).hasSize(2);
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
                .hasMessageContaining(
                        "a.cu was not graded on Jenkins in 3 attempts: " + "build 3 ended as FAILURE without a result");
    }

    @Test
    void what_an_earlier_run_lost_does_not_count_against_this_one() throws Exception {
        three_lost_builds_are_a_fault_of_ours();

        Future<GradingResult> again = ask();
        succeed(begin());

        assertThat(again.get().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_fault_of_the_harness_there_is_no_grade_here() throws Exception {
        Future<GradingResult> answer = ask();
        int number = begin();
        server.end(number, "SUCCESS", Map.of("result.json", result("float x;", Verdict.HARNESS_ERROR)));
        succeed(begin());

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(news)
                .contains(new RemoteNews.BuildLost(
                        folder.getFileName() + "/a.cu", "build 1 could not grade: the GPU fell off"));
    }

    @Test
    void artifacts_that_somebody_cleared_away_are_made_again() throws Exception {
        Future<GradingResult> answer = ask();
        int number = begin();
        server.cleared.add(number);
        succeed(number);
        succeed(begin());

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_token_that_was_revoked_ends_it_at_once() throws Exception {
        Future<GradingResult> answer = ask();
        begin();
        server.knowsTheUser = false;

        assertThatThrownBy(answer::get)
                .hasCauseInstanceOf(HarnessFault.class)
                .hasMessageContaining("Jenkins answers 401 to GET queue/api/json")
                .hasMessageEndingWith(": the credentials are wrong");
    }

    @Test
    void a_connection_that_comes_and_goes_is_told_once_each_time() throws Exception {
        Future<GradingResult> answer = ask();
        int number = begin();
        server.unavailable = 5;
        while (news.size() < 2) {
            Thread.sleep(2);
        }
        succeed(number);

        assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(news).hasSize(2).first().isInstanceOf(RemoteNews.ConnectionLost.class);
        assertThat(news.getLast()).isEqualTo(new RemoteNews.ConnectionBack());
    }

    @Test
    void another_occasion_is_another_build_of_the_same_file() throws Exception {
        Future<GradingResult> first = ask();
        succeed(begin());
        first.get();
        grading = grading("again");

        Future<GradingResult> second = ask();
        succeed(begin());

        assertThat(second.get().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(server.builds).hasSize(2);
    }

    @Nested
    class AJobToGradeOn {

        @Test
        void must_have_the_parameters() {
            assertThatThrownBy(() -> grading.check())
                    .isInstanceOf(JobUnfitException.class)
                    .hasMessage(
                            "the job 'class/grade' has no parameter ASSIGNMENT, SEED: './warpgrade jenkins job' writes one"
                                    + " that has all");
        }

        @Test
        void must_be_switched_on() {
            server.buildable = false;

            assertThatThrownBy(() -> grading.check()).hasMessage("the job 'class/grade' is switched off");
        }
    }

    @Test
    void many_who_wait_share_their_looks_at_the_server() throws Exception {
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<GradingResult>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Path own = Files.writeString(folder.resolve(i + ".cu"), "float x" + i + ";");
                answers.add(many.submit(() -> grading.grade(own, "op-softmax", 7)));
            }
            for (int i = 0; i < 20; i++) {
                begin();
            }
            int before = server.looks;
            Thread.sleep(200);
            // a look each 5 ms at most, however many wait; twenty of their own would be twenty times as many
            assertThat(server.looks - before).isLessThan(60);
            for (int number : List.copyOf(server.builds.keySet())) {
                succeed(number);
            }
            for (Future<GradingResult> answer : answers) {
                assertThat(answer.get().verdict()).isEqualTo(Verdict.PASSED);
            }
        }
    }
}
