package org.warpgrade.cli.hudson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.cli.Sessions;
import org.warpgrade.cli.classroom.SyntheticClass;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.reports.jenkins.HttpJenkins;
import org.warpgrade.reports.jenkins.Jenkins.LogPart;
import org.warpgrade.reports.jenkins.Jenkins.Order;
import org.warpgrade.reports.jenkins.RemoteBuild;
import org.warpgrade.reports.jenkins.RemoteBuild.Ended;
import org.warpgrade.reports.jenkins.RemoteBuild.Queued;
import org.warpgrade.reports.jenkins.RemoteBuild.Running;
import tools.jackson.databind.JsonNode;

/** The whole way over a real server: its agents run this WarpGrade. */
@Tag("jenkins")
class HudsonTests {

    private static final Path HOME =
            Path.of(System.getProperty("warpgrade.home", ".")).toAbsolutePath();

    private static final String ASSIGNMENT = "attn-masks";
    private static final int STUDENTS = 7;

    @TempDir
    private static Path folder;

    private static Hudson server;
    private static HttpJenkins jenkins;

    @BeforeAll
    static void start() throws Exception {
        Path grade = script("grade", String.join(" ", command("")) + " \"$@\"");
        Path sleep = script("sleep", "sleep 120");
        Map<String, Path> jobs =
                Map.of("grade", grade, "slow", sleep, "killed", grade, "outage", grade, "dying", grade);
        server = new Hudson(folder.resolve("hudson"), jobs);
        server.start();
        jenkins = new HttpJenkins(server.root(), null, Duration.ofMillis(250));
        SyntheticClass.main(new String[] {folder.resolve("in").toString(), Integer.toString(STUDENTS), ASSIGNMENT});
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.close();
        server.close();
    }

    private static Path script(String name, String line) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\nexec " + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** A WarpGrade of its own. */
    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Dwarpgrade.home=" + HOME,
                "-cp",
                System.getProperty("java.class.path"),
                "org.warpgrade.cli.Main"));
        Stream.of(arguments).filter(argument -> !argument.isEmpty()).forEach(command::add);
        return command;
    }

    private static RemoteBuild waitFor(String job, String nonce, Class<? extends RemoteBuild> state) throws Exception {
        Hudson.until(nonce + " is " + state.getSimpleName(), () -> {
            Optional<RemoteBuild> build = jenkins.find(job, nonce);
            return build.filter(state::isInstance).isPresent();
        });
        return jenkins.find(job, nonce).orElseThrow();
    }

    @Nested
    class ASubmission {

        @Test
        void is_graded_on_an_agent_with_the_label_and_comes_back_with_everything() throws Exception {
            byte[] content = Files.readAllBytes(HOME.resolve("reference-impls/cuda/attn-masks/1-naive.cu"));
            jenkins.submit(new Order(
                    "grade",
                    "everything",
                    Map.of("ASSIGNMENT", ASSIGNMENT, "SEED", "11"),
                    "SUBMISSION",
                    "my masks + more.cu",
                    content));

            int number = ((Running) waitFor("grade", "everything", Running.class)).number();
            StringBuilder log = new StringBuilder();
            LogPart part = new LogPart("", 0, true);
            while (part.more()) {
                part = jenkins.log("grade", number, part.next());
                log.append(part.text());
                Thread.sleep(200);
            }
            waitFor("grade", "everything", Ended.class);

            assertThat(log).contains("100 / 100", "Finished: SUCCESS").contains("✓ P1");
            JsonNode build = server.json("job/grade/" + number + "/api/json");
            assertThat(build.path("builtOn").asString()).isIn(Hudson.AGENTS);
            assertThat(jenkins.artifacts("grade", number))
                    .contains(
                            "out/result.json", "out/index.html", "out/report.css", "out/junit.xml", "out/report.sarif");
            GradingResult result = ResultJson.read(
                    new String(jenkins.artifact("grade", number, "out/result.json"), StandardCharsets.UTF_8));
            assertThat(result.score().earned()).isEqualTo(100);
            assertThat(result.seed()).isEqualTo(11);
            JsonNode tests = server.json("job/grade/" + number + "/testReport/api/json");
            assertThat(tests.path("passCount").asInt())
                    .isEqualTo(result.checks().size());
            jenkins.describe("grade", number, "80 % + 满分 <b>");
            assertThat(server.json("job/grade/" + number + "/api/json")
                            .path("description")
                            .asString())
                    .isEqualTo("80 % + 满分 <b>");
        }

        @Test
        void that_fails_checks_makes_an_unstable_build_with_a_verdict() throws Exception {
            Path file = HOME.resolve("assignments/catalog/att/attn-masks/starter.cu");
            Sessions.Told told = Sessions.of(
                    "jenkins",
                    "submit",
                    "--url",
                    server.root().toString(),
                    "--job",
                    "grade",
                    "--seed",
                    "3",
                    "--out",
                    folder.resolve("submitted").toString(),
                    file.toString());

            assertThat(told.status()).as(told.err()).isEqualTo(1);
            assertThat(folder.resolve("submitted/1-starter/result.json")).exists();
            assertThat(jenkins.list("grade"))
                    .anyMatch(build -> build instanceof Ended e && e.result().equals("UNSTABLE"));
        }

        @Test
        void is_cancelled_while_it_waits_and_while_it_runs() throws Exception {
            byte[] nothing = "// nothing\n".getBytes(StandardCharsets.UTF_8);
            for (String nonce : List.of("one", "two", "waits")) {
                jenkins.submit(new Order("slow", nonce, Map.of(), "SUBMISSION", "a.cu", nothing));
            }
            RemoteBuild running = waitFor("slow", "one", Running.class);
            waitFor("slow", "two", Running.class);
            Queued waiting = (Queued) waitFor("slow", "waits", Queued.class);

            Hudson.until(
                    "the server has a reason",
                    () -> jenkins.find("slow", "waits")
                            .filter(build -> build instanceof Queued q
                                    && q.why().startsWith("Waiting for next available executor"))
                            .isPresent());
            jenkins.cancel("slow", waiting);
            jenkins.cancel("slow", running);
            Sessions.Told told =
                    Sessions.of("jenkins", "cancel", "--url", server.root().toString(), "--job", "slow", "two");

            assertThat(told.out()).contains("cancelled  two");
            assertThat(waitFor("slow", "one", Ended.class)).isEqualTo(new Ended("one", 1, "ABORTED"));
            assertThat(waitFor("slow", "two", Ended.class)).isEqualTo(new Ended("two", 2, "ABORTED"));
            assertThat(jenkins.find("slow", "waits")).isEmpty();
        }
    }

    @Nested
    class AClass {

        private Process batch(String job) throws IOException {
            return new ProcessBuilder(command(
                            "batch",
                            folder.resolve("in").toString(),
                            "--out",
                            folder.resolve(job).toString(),
                            "--seed",
                            "7",
                            "--no-reports",
                            "--via",
                            "jenkins",
                            "--url",
                            server.root().toString(),
                            "--job",
                            job))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve(job + ".log").toFile()))
                    .start();
        }

        private String log(String job) throws IOException {
            return Files.readString(folder.resolve(job + ".log"));
        }

        private long graded(String job) throws IOException {
            if (!Files.isDirectory(folder.resolve(job).resolve("results"))) {
                return 0;
            }
            try (Stream<Path> files = Files.walk(folder.resolve(job).resolve("results"))) {
                return files.filter(file -> file.endsWith("job.json")).count();
            }
        }

        private void hasTheGradesOfALocalRun(String job) throws IOException {
            Sessions.Told local = Sessions.of(
                    "batch",
                    folder.resolve("in").toString(),
                    "--out",
                    folder.resolve("local").toString(),
                    "--seed",
                    "7",
                    "--no-reports");
            assertThat(local.status()).as(local.err()).isZero();
            assertThat(folder.resolve(job).resolve("gradebook.json"))
                    .hasSameTextualContentAs(folder.resolve("local/gradebook.json"));
        }

        private List<String> nonces(String job) throws Exception {
            return jenkins.list(job).stream().map(RemoteBuild::nonce).toList();
        }

        @Test
        void whose_grader_is_killed_goes_on_with_the_builds_that_are_there() throws Exception {
            Process first = batch("killed");
            Hudson.until("two results", () -> graded("killed") >= 2);
            first.destroyForcibly().waitFor();
            List<String> before = nonces("killed");

            int status = batch("killed").waitFor();

            assertThat(status).as(log("killed")).isZero();
            hasTheGradesOfALocalRun("killed");
            assertThat(nonces("killed"))
                    .doesNotHaveDuplicates()
                    .containsAll(before)
                    .hasSize(STUDENTS);
        }

        @Test
        void whose_server_is_killed_and_started_again_loses_nothing() throws Exception {
            Process batch = batch("outage");
            Hudson.until("two results", () -> graded("outage") >= 2);
            server.kill();
            Hudson.until("the batch has noticed", () -> log("outage").contains("Jenkins does not answer"));
            server.start();

            assertThat(batch.waitFor()).as(log("outage")).isZero();

            assertThat(log("outage")).contains("Jenkins answers again.");
            hasTheGradesOfALocalRun("outage");
        }

        @Test
        void whose_agent_dies_with_a_build_in_hand_builds_it_again() throws Exception {
            Process batch = batch("dying");
            Hudson.until(
                    "an agent has a build in hand",
                    () -> jenkins.list("dying").stream().anyMatch(Running.class::isInstance));
            int number = jenkins.list("dying").stream()
                    .filter(Running.class::isInstance)
                    .mapToInt(build -> ((Running) build).number())
                    .findFirst()
                    .orElseThrow();
            String agent = server.json("job/dying/" + number + "/api/json")
                    .path("builtOn")
                    .asString();
            server.killAgent(agent);
            Hudson.until(
                    "the build has ended",
                    () -> jenkins.list("dying").stream()
                            .anyMatch(build -> build instanceof Ended e && e.number() == number));
            server.reconnect(agent);

            assertThat(batch.waitFor()).as(log("dying")).isZero();

            assertThat(log("dying")).contains("goes to Jenkins again: build " + number + " ended as ");
            hasTheGradesOfALocalRun("dying");
        }
    }
}
