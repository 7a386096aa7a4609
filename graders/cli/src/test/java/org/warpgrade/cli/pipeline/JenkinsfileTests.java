package org.warpgrade.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JenkinsfileTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    private static Pipeline pipeline(String device, Function<String, Integer> shell) throws IOException {
        Pipeline pipeline = new Pipeline(Files.readString(HOME.resolve("Jenkinsfile")), shell);
        pipeline.parameters.put("DEVICE", device);
        return pipeline;
    }

    @Nested
    class Stages {

        @Test
        void a_verdict_from_the_gpu_is_published_from_another_agent() throws IOException {
            Pipeline run = pipeline("auto", label -> 0);

            assertThat(run.run()).isEqualTo("SUCCESS");
            assertThat(run.happened)
                    .containsExactly(
                            "stage Grade on a GPU",
                            "timeout",
                            "lock",
                            "agent gpu",
                            "sh DEVICE=auto",
                            "stash",
                            "deleteDir",
                            "skipped Grade on the CPU device",
                            "stage Publish",
                            "timeout",
                            "agent publish",
                            "unstash",
                            "junit",
                            "publishHTML",
                            "sarif",
                            "recordIssues",
                            "archiveArtifacts",
                            "deleteDir");
        }

        @Test
        void without_a_free_gpu_the_cpu_device_grades() throws IOException {
            Pipeline run = pipeline("auto", label -> 0);
            run.noGpuIsFree();

            assertThat(run.run()).isEqualTo("SUCCESS");
            assertThat(run.happened)
                    .containsSubsequence(
                            "caught Timeout has been exceeded",
                            "stage Grade on the CPU device",
                            "agent cpu",
                            "sh DEVICE=cpu",
                            "stage Publish");
        }

        @Test
        void a_gpu_that_comes_to_no_verdict_is_followed_by_the_cpu_device() throws IOException {
            Pipeline run = pipeline("auto", label -> label.equals("gpu") ? 3 : 1);

            assertThat(run.run()).isEqualTo("UNSTABLE");
            assertThat(run.happened)
                    .containsSubsequence(
                            "caught no verdict: warpgrade ended with status 3",
                            "sh DEVICE=cpu",
                            "stash",
                            "stage Publish");
        }

        @Test
        void no_verdict_at_all_is_a_failure_and_nothing_is_published() throws IOException {
            Pipeline run = pipeline("auto", label -> 3);

            assertThat(run.run()).isEqualTo("FAILURE");
            assertThat(run.happened).contains("skipped Publish").doesNotContain("stash", "junit");
        }

        @Test
        void the_gpu_is_left_alone_when_asked_to() throws IOException {
            Pipeline run = pipeline("cpu", label -> 0);

            assertThat(run.run()).isEqualTo("SUCCESS");
            assertThat(run.happened).startsWith("skipped Grade on a GPU").doesNotContain("agent gpu");
        }

        @Test
        void nothing_of_the_pull_request_is_checked_out_by_jenkins() throws IOException {
            Pipeline run = pipeline("auto", label -> 0);
            run.run();

            assertThat(run.declared).contains("agent none", "skipDefaultCheckout [true]");
            // a text with holes would let a parameter become a part of the script
            assertThat(run.scripts).allMatch(String.class::isInstance).hasSize(1);
        }
    }

    @Nested
    class TheShellScript {

        @TempDir
        private Path folder;

        private final Map<String, String> parameters = new HashMap<>();

        private int run(ScratchRepositories scratch) throws Exception {
            Pipeline pipeline = pipeline("cpu", label -> 0);
            pipeline.run();
            parameters.putIfAbsent("PULL_REQUEST", "7");
            parameters.putIfAbsent("HARNESS_COMMIT", scratch.harnessCommit);
            parameters.putAll(Map.of(
                    "REPOSITORY",
                    scratch.classes.toUri().toString(),
                    "HARNESS",
                    scratch.harness.toUri().toString(),
                    "BASE",
                    "main",
                    "DEVICE",
                    "cpu"));
            return scratch.run("sh", (String) pipeline.scripts.getFirst(), parameters);
        }

        @Test
        void runs_the_pinned_harness_and_no_file_of_the_pull_request() throws Exception {
            ScratchRepositories scratch = new ScratchRepositories(folder);

            assertThat(run(scratch)).as(scratch.read("log")).isZero();

            assertThat(scratch.read("called"))
                    .isEqualTo(
                            "pr --repository class.git --base refs/heads/base --head refs/heads/head --device cpu --out out\n");
            assertThat(folder.resolve("EVIL")).doesNotExist();
            assertThat(folder.resolve("UNPINNED")).doesNotExist();
            assertThat(folder.resolve("workspace/ann")).doesNotExist();
            assertThat(folder.resolve("workspace/class.git/refs/heads/head"))
                    .content()
                    .isEqualTo(scratch.head + "\n");
        }

        @Test
        void takes_no_pull_request_that_is_no_number() throws Exception {
            ScratchRepositories scratch = new ScratchRepositories(folder);
            parameters.put("PULL_REQUEST", "7; touch " + folder + "/EVIL");

            assertThat(run(scratch)).isEqualTo(2);
            assertThat(scratch.read("log")).contains("PULL_REQUEST must be a number");
            assertThat(folder.resolve("EVIL")).doesNotExist();
        }

        @Test
        void takes_no_branch_for_a_commit_of_the_harness() throws Exception {
            ScratchRepositories scratch = new ScratchRepositories(folder);
            parameters.put("HARNESS_COMMIT", "main");

            assertThat(run(scratch)).isEqualTo(2);
            assertThat(scratch.read("log")).contains("HARNESS_COMMIT must be a commit");
        }
    }
}
