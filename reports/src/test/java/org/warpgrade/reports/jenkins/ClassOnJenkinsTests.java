package org.warpgrade.reports.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.Sha256;
import org.warpgrade.engine.SteadyClock;
import org.warpgrade.engine.batch.Batch;
import org.warpgrade.engine.batch.BatchListener;
import org.warpgrade.engine.batch.Fault;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.batch.Job;
import org.warpgrade.engine.batch.Leases;
import org.warpgrade.engine.batch.Regrade;
import org.warpgrade.engine.batch.ResultFolders;
import org.warpgrade.engine.batch.Seeds;
import org.warpgrade.engine.handin.HandIn;
import org.warpgrade.engine.handin.Student;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.result.Verdict;

/** A batch over a server on which everything goes wrong that can: every hand-in gets its own grade, or is told apart. */
class ClassOnJenkinsTests {

    private static final int STUDENTS = 30;

    @TempDir
    private Path folder;

    private FakeJenkins server;
    private final List<Job> jobs = new ArrayList<>();
    private volatile boolean over;
    private Thread agents;

    @BeforeEach
    void a_class_and_a_server() throws IOException {
        server = new FakeJenkins();
        for (int i = 0; i < STUDENTS; i++) {
            String id = "s" + (10 + i);
            Path file =
                    Files.createDirectories(folder.resolve("in").resolve(id)).resolve("a.cu");
            String text = "// " + id + "\n";
            Files.writeString(file, text);
            HandIn handIn = new HandIn(Student.known(id, id, ""), file, id + "/a.cu", null, false, "op-softmax");
            jobs.add(new Job(handIn, "op-softmax", Sha256.of(text)));
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        over = true;
        agents.join();
        server.close();
    }

    /** What the agents give beyond that. */
    private volatile int bonus;

    /** Points that follow from the content, so that a mixed-up result would show. */
    private static int points(String content) {
        return content.hashCode() % 101 & 0x3F;
    }

    /** Agents that take what waits; what becomes of a build is for the test to say. */
    private void agents(IntConsumer end) {
        agents = Thread.ofVirtual().start(() -> {
            while (!over) {
                synchronized (server) {
                    while (!server.queue.isEmpty()) {
                        end.accept(server.begin());
                    }
                }
                try {
                    Thread.sleep(3);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    private void succeed(int number) {
        String content = server.builds.get(number).content();
        int earned = points(content) + bonus;
        GradingResult result = new GradingResult(
                GradingResult.SCHEMA,
                "op-softmax",
                new Text("", ""),
                new SubmissionInfo("SUBMISSION", Sha256.of(content), content),
                Verdict.FAILED,
                new Score(earned, 100),
                new DeviceInfo("cuda", "GPU"),
                5L,
                "NVRTC",
                new HarnessInfo("1", "c0ffee"),
                List.of(),
                List.of(),
                List.of(),
                null,
                "",
                new Text("", ""),
                Map.of());
        server.end(number, "UNSTABLE", Map.of("out/result.json", ResultJson.write(result)));
    }

    private List<Fault> batch() throws IOException, InterruptedException {
        return batch("v1", "results");
    }

    private List<Fault> batch(String occasion, String results) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        try (HttpJenkins jenkins = new HttpJenkins(server.root(), null, Duration.ofMillis(1));
                Leases leases = new Leases(out)) {
            RemoteGrading grading = new RemoteGrading(
                    jenkins,
                    new RemoteGrading.Settings(
                            FakeJenkins.JOB,
                            occasion,
                            Duration.ofMillis(10),
                            Duration.ofMillis(400),
                            Duration.ofSeconds(60),
                            new HarnessInfo("1", "c")),
                    SteadyClock.ofSystem(),
                    news -> {});
            return new Batch(
                            new ResultFolders(out, results),
                            leases,
                            Seeds.fixed(5),
                            new RemoteGrader(grading, 8),
                            (result, place) -> {},
                            new Silent(),
                            Clock.systemUTC())
                    .run(jobs);
        }
    }

    private record Silent() implements BatchListener {
        @Override
        public void started(int all, int done) {}

        @Override
        public void graded(Graded graded) {}

        @Override
        public void failed(Fault fault) {}

        @Override
        public void waiting(int others) {}
    }

    private void everybodyHasTheirOwnPoints() throws IOException {
        List<Graded> all = new ResultFolders(folder.resolve("out"), "results").all();
        assertThat(all)
                .hasSize(STUDENTS)
                .allSatisfy(graded ->
                        assertThat(graded.score().earned()).isEqualTo(points("// " + graded.student() + "\n")));
        assertThat(all).extracting(Graded::student).doesNotHaveDuplicates();
    }

    @Test
    void every_hand_in_has_its_own_grade_whatever_happens_to_server_and_agents() throws Exception {
        Random random = new Random(7);
        AtomicInteger disasters = new AtomicInteger();
        agents(number -> {
            int dice = disasters.get() < 25 ? random.nextInt(10) : 9;
            disasters.addAndGet(dice < 7 ? 1 : 0);
            switch (dice) {
                case 0 -> server.end(number, "FAILURE", Map.of());
                case 1 -> server.end(number, "SUCCESS", Map.of("out/result.json", "{\"schema\":"));
                case 2 -> server.restart();
                case 3 -> server.builds.remove(number);
                case 4 -> {
                    server.lostAnswers += 2;
                    succeed(number);
                }
                case 5 -> {
                    server.unavailable += 3;
                    server.truncated += 2;
                    succeed(number);
                }
                case 6 -> {
                    server.cleared.add(number);
                    succeed(number);
                }
                default -> succeed(number);
            }
        });

        // a file that met three disasters in a row is told apart, and the next run tries it again
        List<Fault> faults = batch();
        for (int run = 0; run < 3 && !faults.isEmpty(); run++) {
            faults = batch();
        }

        assertThat(faults).isEmpty();
        assertThat(disasters).hasValueGreaterThan(20);
        everybodyHasTheirOwnPoints();
    }

    @Test
    void a_batch_that_is_killed_goes_on_with_the_builds_that_are_there() throws Exception {
        agents = Thread.ofVirtual().start(() -> {});
        Thread killed = Thread.ofPlatform().start(() -> {
            try {
                batch();
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (server.triggers().size() < 8) {
            Thread.sleep(5);
        }
        killed.interrupt();
        killed.join();
        agents(this::succeed);

        assertThat(batch()).isEmpty();

        everybodyHasTheirOwnPoints();
        assertThat(server.triggers()).hasSize(STUDENTS);
    }

    @Test
    void what_no_agent_can_grade_is_told_apart_and_has_no_points() throws Exception {
        agents(number -> {
            if (server.builds.get(number).content().contains("s17")) {
                server.end(number, "FAILURE", Map.of());
            } else {
                succeed(number);
            }
        });

        List<Fault> faults = batch();

        assertThat(faults)
                .extracting(fault -> fault.job().handIn().student().id())
                .containsExactly("s17");
        assertThat(faults.getFirst().reason()).contains("was not graded on Jenkins in 3 attempts", "ended as FAILURE");
        assertThat(new ResultFolders(folder.resolve("out"), "results").all())
                .hasSize(STUDENTS - 1)
                .noneMatch(graded -> graded.student().equals("s17"));
    }

    @Test
    void a_class_graded_anew_is_built_anew_and_counts_once_that_is_wanted() throws Exception {
        agents(this::succeed);
        batch();
        bonus = 1;
        ResultFolders standing = new ResultFolders(folder.resolve("out"), "results");
        ResultFolders fresh = new ResultFolders(folder.resolve("out"), "regrade");

        assertThat(batch("v1 again", "regrade")).isEmpty();
        Regrade regrade = new Regrade(standing, fresh);
        List<Regrade.Change> changes = regrade.changes(jobs);

        assertThat(server.triggers()).hasSize(2 * STUDENTS);
        assertThat(changes).hasSize(STUDENTS).allMatch(Regrade.Change::differs);
        everybodyHasTheirOwnPoints();

        regrade.apply(changes);

        // what is replaced stays as history, and the later one counts
        for (Job job : jobs) {
            String student = job.handIn().student().id();
            int first = points("// " + student + "\n");
            assertThat(standing.all())
                    .filteredOn(graded -> graded.student().equals(student))
                    .extracting(graded -> graded.score().earned())
                    .containsExactly(first, first + 1);
        }
    }
}
