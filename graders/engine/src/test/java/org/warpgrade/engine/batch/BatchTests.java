package org.warpgrade.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.Verdict;

class BatchTests {

    @TempDir
    private Path out;

    private ResultFolders results;
    private final Fakes.Heard heard = new Fakes.Heard();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open_the_folder() {
        results = new ResultFolders(out, "results");
    }

    /** Grades with a function of the order, two at a time. */
    private record FakeGrader(Queue<String> asked, Function<Order, GradingResult> does, boolean here)
            implements JobGrader {

        @Override
        public int parallel() {
            return 2;
        }

        @Override
        public GradingResult grade(Order order) {
            asked.add(order.file().toString());
            return does.apply(order);
        }
    }

    private boolean here = true;

    private List<Fault> run(List<Job> jobs, Function<JobGrader.Order, GradingResult> does) throws Exception {
        return run(jobs, does, results, heard);
    }

    private List<Fault> run(
            List<Job> jobs, Function<JobGrader.Order, GradingResult> does, ResultFolders into, Fakes.Heard listener)
            throws Exception {
        try (Leases leases = new Leases(out)) {
            return new Batch(
                            into,
                            leases,
                            Seeds.in(out),
                            new FakeGrader(asked, does, here),
                            (result, folder) -> Files.writeString(folder.resolve("index.html"), result.assignment()),
                            listener,
                            Clock.systemUTC())
                    .run(jobs);
        }
    }

    private static GradingResult passed(JobGrader.Order order) {
        return Fakes.result(order, Verdict.PASSED, 100, "c0ffee");
    }

    @Nested
    class Results {

        @Test
        void every_job_gets_a_folder_with_result_job_and_report() throws Exception {
            List<Fault> faults = run(List.of(Fakes.job("ann", 'a'), Fakes.job("bob", 'b')), BatchTests::passed);

            assertThat(faults).isEmpty();
            assertThat(results.all()).extracting(Graded::student).containsExactly("ann", "bob");
            Path folder = out.resolve("results/ann/op-softmax/aaaaaaaaaaaaaaaa-c0ffee");
            assertThat(folder).isDirectoryContaining(f -> f.endsWith("index.html"));
            assertThat(results.result(results.all().getFirst()).verdict()).isEqualTo(Verdict.PASSED);
        }

        @Test
        void what_has_a_result_is_not_graded_again() throws Exception {
            List<Job> jobs = List.of(Fakes.job("ann", 'a'), Fakes.job("bob", 'b'));
            run(jobs, BatchTests::passed);
            asked.clear();

            run(jobs, BatchTests::passed);

            assertThat(asked).isEmpty();
            assertThat(heard.already).isEqualTo(2);
        }

        @Test
        void equal_files_are_graded_once_and_every_owner_gets_a_result() throws Exception {
            run(List.of(Fakes.job("ann", 'a'), Fakes.job("bob", 'a'), Fakes.job("eve", 'a')), BatchTests::passed);

            assertThat(asked).hasSize(1);
            assertThat(results.all()).extracting(Graded::student).containsExactly("ann", "bob", "eve");
        }

        @Test
        void the_whole_class_meets_the_same_secret_seed_today_and_tomorrow() throws Exception {
            run(List.of(Fakes.job("ann", 'a')), BatchTests::passed);
            run(List.of(Fakes.job("bob", 'b')), BatchTests::passed);

            List<Long> seeds = new ArrayList<>();
            for (Graded graded : results.all()) {
                seeds.add(results.result(graded).seed());
            }
            assertThat(seeds).hasSize(2).doesNotContainNull();
            assertThat(seeds.get(0)).isEqualTo(seeds.get(1)).isNotZero();
        }

        @Test
        void what_a_killed_run_left_half_written_is_swept_away() throws Exception {
            Path half = Files.createDirectories(out.resolve(".half/1234"));
            Files.writeString(half.resolve("result.json"), "{");

            run(List.of(Fakes.job("ann", 'a')), BatchTests::passed);

            assertThat(half).doesNotExist();
        }

        @Test
        void a_folder_without_a_readable_job_is_as_good_as_none() throws Exception {
            run(List.of(Fakes.job("ann", 'a')), BatchTests::passed);
            Files.writeString(results.folder(results.all().getFirst()).resolve("job.json"), "{\"schema\": 99}");

            assertThat(results.all()).isEmpty();
        }

        @Test
        void students_with_impossible_names_get_folders_of_their_own() {
            assertThat(ResultFolders.fileName("bob@example.org")).isEqualTo("bob@example.org");
            assertThat(ResultFolders.fileName("../../etc")).startsWith("etc~").doesNotContain("/");
            assertThat(ResultFolders.fileName("李雷")).startsWith("~");
            assertThat(ResultFolders.fileName("con")).isNotEqualTo("con");
            assertThat(ResultFolders.fileName("a b")).isNotEqualTo(ResultFolders.fileName("a_b"));
        }
    }

    @Nested
    class Trouble {

        @Test
        void whatever_one_job_throws_stays_with_it_and_is_tried_once_more() throws Exception {
            List<Job> jobs =
                    List.of(Fakes.job("ann", 'a'), Fakes.job("bob", 'b'), Fakes.job("cem", 'c'), Fakes.job("dan", 'd'));

            List<Fault> faults =
                    run(jobs, order -> switch (order.file().getFileName().toString()) {
                        case "a.cu" -> throw new StackOverflowError();
                        case "b.cu" -> throw new OutOfMemoryError("Java heap space");
                        case "c.cu" -> throw new IllegalStateException("broken");
                        default -> passed(order);
                    });

            assertThat(faults)
                    .extracting(f -> f.job().handIn().student().id() + ": " + f.reason())
                    .containsExactly(
                            "ann: java.lang.StackOverflowError",
                            "bob: java.lang.OutOfMemoryError: Java heap space",
                            "cem: java.lang.IllegalStateException: broken");
            assertThat(asked).hasSize(7);
            assertThat(results.all()).extracting(Graded::student).containsExactly("dan");
        }

        @Test
        void a_harness_error_is_no_result_and_the_next_run_tries_again() throws Exception {
            List<Job> jobs = List.of(Fakes.job("ann", 'a'));
            List<Fault> first = run(jobs, order -> Fakes.result(order, Verdict.HARNESS_ERROR, 0, "c0ffee"));
            List<Fault> second = run(jobs, BatchTests::passed);

            assertThat(first).extracting(Fault::reason).containsExactly("the device is gone");
            assertThat(second).isEmpty();
            assertThat(results.all()).hasSize(1);
        }

        @Test
        void a_fault_that_passes_leaves_no_trace() throws Exception {
            List<Fault> faults = run(List.of(Fakes.job("ann", 'a')), order -> {
                if (asked.size() == 1) {
                    throw new IllegalStateException("once");
                }
                return passed(order);
            });

            assertThat(faults).isEmpty();
            assertThat(heard.faults).isEmpty();
        }
    }

    @Nested
    class SeveralGraders {

        @Test
        void do_no_work_twice() throws Exception {
            List<Job> jobs = new ArrayList<>();
            for (char c = 'a'; c <= 'p'; c++) {
                jobs.add(Fakes.job("s" + c, c));
            }
            Function<JobGrader.Order, GradingResult> slowly = order -> {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return passed(order);
            };
            Fakes.Heard other = new Fakes.Heard();
            Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
            Thread second = Thread.ofPlatform().start(() -> {
                try {
                    run(jobs, slowly, new ResultFolders(out, "results"), other);
                } catch (Exception e) {
                    broken.add(e);
                }
            });
            run(jobs, slowly);
            second.join();

            assertThat(broken).isEmpty();
            assertThat(asked).hasSize(16).doesNotHaveDuplicates();
            assertThat(results.all()).hasSize(16);
        }

        @Test
        void take_over_what_a_dead_one_had_in_hand() throws Exception {
            leaseOfTheDead(0);

            List<Fault> faults = run(List.of(Fakes.job("ann", 'a')), BatchTests::passed);

            assertThat(faults).isEmpty();
            assertThat(results.all()).hasSize(1);
        }

        @Test
        void leave_alone_what_killed_five_of_them() throws Exception {
            leaseOfTheDead(4);

            List<Fault> faults = run(List.of(Fakes.job("ann", 'a')), BatchTests::passed);

            assertThat(faults)
                    .extracting(Fault::reason)
                    .containsExactly("the grader died 5 times with this file in hand");
            assertThat(asked).isEmpty();
        }

        @Test
        void blame_no_file_that_is_graded_elsewhere() throws Exception {
            here = false;
            leaseOfTheDead(4);

            List<Fault> faults = run(List.of(Fakes.job("ann", 'a')), BatchTests::passed);

            assertThat(faults).isEmpty();
            assertThat(asked).hasSize(1);
        }

        /** A lease of this machine's process 1 as it never was. */
        private void leaseOfTheDead(int deaths) throws IOException {
            try (Leases leases = new Leases(out)) {
                leases.acquire("results/op-softmax/" + "a".repeat(64));
            } catch (Exception e) {
                throw new IOException(e);
            }
            Path lease = out.resolve(".leases/results-op-softmax-" + "a".repeat(64));
            String[] words = Files.readString(lease).strip().split("\t", -1);
            Files.writeString(lease, String.join("\t", words[0], "1", "1970-01-01T00:00:00Z", "x", deaths + "\n"));
        }
    }

    @Nested
    class Regrading {

        @Test
        void shows_what_changes_and_changes_nothing_before_it_is_applied() throws Exception {
            List<Job> jobs = List.of(Fakes.job("ann", 'a'), Fakes.job("bob", 'b'));
            run(jobs, BatchTests::passed);
            ResultFolders fresh = new ResultFolders(out, "regrade-beef");
            run(
                    jobs,
                    order -> order.file().endsWith("a.cu")
                            ? Fakes.result(order, Verdict.FAILED, 40, "beef")
                            : Fakes.result(order, Verdict.PASSED, 100, "beef"),
                    fresh,
                    new Fakes.Heard());
            Regrade regrade = new Regrade(results, fresh);

            List<Regrade.Change> changes = regrade.changes(jobs);

            assertThat(changes).hasSize(2);
            assertThat(changes.stream().filter(Regrade.Change::differs))
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.after().student()).isEqualTo("ann");
                        assertThat(change.after().score().earned()).isEqualTo(40);
                        assertThat(change.checks()).containsExactly("H1");
                    });
            assertThat(results.all()).extracting(g -> g.harness().commit()).containsOnly("c0ffee");

            regrade.apply(changes);

            assertThat(results.all())
                    .extracting(g -> g.student() + " " + g.harness().commit())
                    .containsExactlyInAnyOrder("ann c0ffee", "ann beef", "bob c0ffee", "bob beef");
            assertThat(fresh.all()).isEmpty();
        }
    }
}
