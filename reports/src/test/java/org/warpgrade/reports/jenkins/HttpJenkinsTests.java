package org.warpgrade.reports.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.reports.jenkins.Jenkins.JobState;
import org.warpgrade.reports.jenkins.Jenkins.LogPart;
import org.warpgrade.reports.jenkins.Jenkins.Order;
import org.warpgrade.reports.jenkins.RemoteBuild.Ended;
import org.warpgrade.reports.jenkins.RemoteBuild.Queued;
import org.warpgrade.reports.jenkins.RemoteBuild.Running;

class HttpJenkinsTests {

    private FakeJenkins server;
    private HttpJenkins jenkins;

    @BeforeEach
    void start() throws IOException {
        server = new FakeJenkins();
        jenkins = new HttpJenkins(server.root(), new Credentials("bot", "s3cret"), Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        jenkins.close();
        server.close();
    }

    private static Order order(String nonce) {
        return new Order(
                FakeJenkins.JOB,
                nonce,
                Map.of(),
                "SUBMISSION",
                "a b.cu",
                "float x;\n".getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class ABuild {

        @Test
        void goes_from_the_queue_to_its_end_and_is_found_by_its_nonce() throws Exception {
            jenkins.submit(order("n1"));

            assertThat(server.queue.getFirst().content()).isEqualTo("float x;\n");
            assertThat(jenkins.find(FakeJenkins.JOB, "n1"))
                    .contains(new Queued("n1", 100, "Waiting for next available executor on gpu"));
            int number = server.begin();
            assertThat(jenkins.find(FakeJenkins.JOB, "n1")).contains(new Running("n1", number));
            server.end(number, "UNSTABLE", Map.of("out/result.json", "{}", "out/index.html", "<p>"));
            assertThat(jenkins.find(FakeJenkins.JOB, "n1")).contains(new Ended("n1", number, "UNSTABLE"));
            assertThat(jenkins.artifacts(FakeJenkins.JOB, number))
                    .containsExactlyInAnyOrder("out/result.json", "out/index.html");
            assertThat(jenkins.artifact(FakeJenkins.JOB, number, "out/result.json"))
                    .asString()
                    .isEqualTo("{}");
        }

        @Test
        void its_artifacts_may_have_any_name() throws Exception {
            jenkins.submit(order("n1"));
            server.end(server.begin(), "SUCCESS", Map.of("out/a b/50 % + 满分.json", "{}"));

            String path = jenkins.artifacts(FakeJenkins.JOB, 1).getFirst();

            assertThat(path).isEqualTo("out/a b/50 % + 满分.json");
            assertThat(jenkins.artifact(FakeJenkins.JOB, 1, path)).asString().isEqualTo("{}");
        }

        @Test
        void a_redirect_is_how_old_servers_say_yes() throws Exception {
            server.accepted = 302;

            jenkins.submit(order("n1"));

            assertThat(server.queue).hasSize(1);
        }

        @Test
        void is_cancelled_where_it_is() throws Exception {
            jenkins.submit(order("waiting"));
            jenkins.submit(order("running"));
            server.queue.addFirst(server.queue.removeLast());
            server.begin();

            jenkins.cancel(
                    FakeJenkins.JOB, jenkins.find(FakeJenkins.JOB, "waiting").orElseThrow());
            jenkins.cancel(
                    FakeJenkins.JOB, jenkins.find(FakeJenkins.JOB, "running").orElseThrow());

            assertThat(jenkins.find(FakeJenkins.JOB, "waiting")).isEmpty();
            assertThat(jenkins.find(FakeJenkins.JOB, "running")).contains(new Ended("running", 1, "ABORTED"));
        }

        @Test
        void that_waits_on_an_old_server_is_cancelled_by_the_link_on_its_page() throws Exception {
            server.tellsItems = false;
            jenkins.submit(order("stays"));
            jenkins.submit(order("goes"));

            jenkins.cancel(
                    FakeJenkins.JOB, jenkins.find(FakeJenkins.JOB, "goes").orElseThrow());

            assertThat(jenkins.find(FakeJenkins.JOB, "goes")).isEmpty();
            assertThat(jenkins.find(FakeJenkins.JOB, "stays"))
                    .contains(new Queued("stays", 0, "Waiting for next available executor on gpu"));
        }

        @Test
        void a_description_arrives_encoded() throws Exception {
            jenkins.submit(order("n1"));
            jenkins.describe(FakeJenkins.JOB, server.begin(), "80 % + 10 & 满分");

            assertThat(server.description).isEqualTo("description=80+%25+%2B+10+%26+%E6%BB%A1%E5%88%86");
        }

        @Test
        void its_log_is_read_by_bytes_without_breaking_characters() throws Exception {
            server.log = "评分 ok\n";
            StringBuilder read = new StringBuilder();
            LogPart part = new LogPart("", 0, true);
            while (part.more()) {
                part = jenkins.log(FakeJenkins.JOB, 1, part.next());
                read.append(part.text());
            }

            assertThat(read).hasToString("评分 ok\n");
            assertThat(part.next()).isEqualTo(server.log.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Nested
    class AJob {

        @Test
        void tells_what_it_takes() throws Exception {
            assertThat(jenkins.job(FakeJenkins.JOB)).isEqualTo(new JobState(true, Set.of("NONCE", "SUBMISSION")));
            server.buildable = false;
            assertThat(jenkins.job(FakeJenkins.JOB).buildable()).isFalse();
        }

        @Test
        void that_is_not_there_or_not_for_this_user_is_told_apart() {
            assertThatThrownBy(() -> jenkins.job("class/other"))
                    .hasMessageStartingWith("Jenkins answers 404 to GET job/class/job/other/api/json: ")
                    .hasMessageEndingWith(": there is no such thing, or the user may not see it");
            server.knowsTheUser = false;
            assertThatThrownBy(() -> jenkins.job(FakeJenkins.JOB)).hasMessageEndingWith(": the credentials are wrong");
        }
    }

    @Nested
    class WhatTheLibraryReads {

        @BeforeEach
        void a_build_is_there() throws Exception {
            jenkins.submit(order("n1"));
            server.end(server.begin(), "SUCCESS", Map.of("out/result.json", "{}"));
        }

        private byte[] artifact() throws Exception {
            return jenkins.artifact(FakeJenkins.JOB, 1, "out/result.json");
        }

        @Test
        void waits_for_a_server_that_starts_anew() throws Exception {
            server.unavailable = 3;
            assertThat(jenkins.artifacts(FakeJenkins.JOB, 1)).containsExactly("out/result.json");
            server.unavailable = 3;
            assertThat(artifact()).asString().isEqualTo("{}");
        }

        @Test
        void is_read_again_when_half_an_answer_came() throws Exception {
            server.truncated = 2;

            assertThat(jenkins.artifacts(FakeJenkins.JOB, 1)).containsExactly("out/result.json");
        }

        @Test
        void carries_the_token() throws Exception {
            server.authorizations.clear();

            artifact();

            assertThat(server.authorizations).containsExactly("Basic Ym90OnMzY3JldA==");
        }

        @Test
        void is_refused_in_our_words() {
            assertThatThrownBy(() -> jenkins.artifacts(FakeJenkins.JOB, 7))
                    .isInstanceOf(JenkinsException.class)
                    .hasMessage(
                            "Jenkins answers 404 to GET job/class/job/grade/7: there is no such thing, or the user may"
                                    + " not see it");
            server.knowsTheUser = false;
            assertThatThrownBy(this::artifact)
                    .hasMessage(
                            "Jenkins answers 401 to GET job/class/job/grade/1/artifact/out/result.json: the credentials"
                                    + " are wrong");
        }

        @Test
        void follows_no_redirect_with_the_token() {
            server.redirectsElsewhere = true;

            assertThatThrownBy(this::artifact)
                    .hasMessage("Jenkins answers 302 to GET job/class/job/grade/1/artifact/out/result.json");
        }

        @Test
        void logs_nothing_even_where_everything_is_logged() {
            List<String> logged = new ArrayList<>();
            Handler handler = new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    logged.add(entry.getLoggerName() + ": " + entry.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
            handler.setLevel(Level.ALL);
            Logger root = Logger.getLogger("");
            root.addHandler(handler);
            root.setLevel(Level.ALL);
            try {
                server.unavailable = 50;
                assertThatThrownBy(this::artifact)
                        .hasMessageContaining("503")
                        .hasMessageNotContainingAny("s3cret", "Basic");
            } finally {
                root.removeHandler(handler);
                root.setLevel(Level.INFO);
            }

            assertThat(logged).noneMatch(line -> line.contains("jclouds") || line.contains("Basic"));
        }
    }

    @Nested
    class Trouble {

        @Test
        void reading_waits_for_a_server_that_starts_anew() throws Exception {
            server.unavailable = 3;

            assertThat(jenkins.list(FakeJenkins.JOB)).isEmpty();
        }

        @Test
        void half_an_answer_is_read_again() throws Exception {
            server.truncated = 2;

            assertThat(jenkins.list(FakeJenkins.JOB)).isEmpty();
        }

        @Test
        void a_trigger_is_never_repeated_blindly() throws Exception {
            server.lostAnswers = 1;

            assertThatThrownBy(() -> jenkins.submit(order("n1"))).isInstanceOf(IOException.class);

            assertThat(server.queue).hasSize(1);
            assertThat(jenkins.find(FakeJenkins.JOB, "n1")).isPresent();
        }

        @Test
        void a_trigger_that_a_proxy_swallowed_is_not_known_to_be_lost() throws Exception {
            jenkins.submit(order("n0"));
            server.unavailable = 1;

            assertThatThrownBy(() -> jenkins.submit(order("n1")))
                    .isNotInstanceOf(JenkinsException.class)
                    .hasMessage("Jenkins answers 503 to POST job/class/job/grade/build?delay=0sec: "
                            + "whether it was taken is unknown");
        }

        @Test
        void a_crumb_of_an_old_session_is_fetched_anew() throws Exception {
            jenkins.submit(order("n1"));
            server.restart();
            server.unavailable = 0;

            jenkins.submit(order("n2"));

            assertThat(server.posts).hasSize(2);
        }

        @Test
        void a_server_without_crumbs_needs_none() throws Exception {
            server.crumbs = false;

            jenkins.submit(order("n1"));

            assertThat(server.queue).hasSize(1);
        }

        @Test
        void credentials_follow_no_redirect() {
            server.redirectsElsewhere = true;

            assertThatThrownBy(() -> jenkins.list(FakeJenkins.JOB))
                    .hasMessageStartingWith("Jenkins answers 302 to GET queue/api/json");
        }

        @Test
        void no_message_holds_the_token() {
            server.close();

            assertThatThrownBy(() -> jenkins.list(FakeJenkins.JOB))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContainingAny("s3cret", "Basic");
            assertThat(new Credentials("bot", "s3cret")).hasToString("credentials of bot");
        }
    }

    @Nested
    class Tokens {

        @Test
        void come_from_a_file_or_the_environment(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("token"), "t\n");

            assertThat(Credentials.of(
                            Map.of("WARPGRADE_JENKINS_USER", "u", "WARPGRADE_JENKINS_TOKEN_FILE", file.toString())))
                    .hasValueSatisfying(c -> assertThat(c.header()).isEqualTo("Basic dTp0"));
            assertThat(Credentials.of(Map.of("WARPGRADE_JENKINS_USER", "u", "WARPGRADE_JENKINS_TOKEN", "t")))
                    .hasValueSatisfying(c -> assertThat(c.header()).isEqualTo("Basic dTp0"));
            assertThat(Credentials.of(Map.of())).isEmpty();
        }
    }
}
