package org.warpgrade.cli.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.cli.Sessions;

class BatchCommandTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "."));

    /** Twelve students, graded once for all tests of the topic: right, wrong, broken, hostile, empty, no text, copied. */
    @Nested
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class AClassOfTwelve {

        @TempDir
        private static Path folder;

        private static Sessions.Told first;

        @BeforeAll
        static void grade_it() throws IOException {
            SyntheticClass.write(HOME, folder.resolve("in"), 12, List.of("attn-masks"), 7);
            Files.writeString(folder.resolve("in/class.yaml"), """
                    title: Twelve
                    timeZone: UTC
                    assignments:
                      - {id: attn-masks, due: "2026-11-30T23:59", hidden: after-publication}
                    overrides:
                      - {student: s0001, assignment: attn-masks, points: 12.5, reason: appeal}
                    """);
            first = batch();
        }

        private static Sessions.Told batch(String... more) {
            List<String> arguments = Stream.concat(
                            Stream.of(
                                    "batch",
                                    folder.resolve("in").toString(),
                                    "--out",
                                    folder.resolve("out").toString(),
                                    "--roster",
                                    folder.resolve("in/roster.csv").toString(),
                                    "--lang",
                                    "en"),
                            Stream.of(more))
                    .toList();
            return Sessions.of(arguments.toArray(String[]::new));
        }

        private static byte[] gradebook() throws IOException {
            return Files.readAllBytes(folder.resolve("out/gradebook.json"));
        }

        @Test
        @Order(1)
        void everybody_has_a_grade_and_nothing_stopped_the_rest() throws IOException {
            assertThat(first.status()).as(first.err()).isZero();
            assertThat(first.err()).startsWith("12 hand-ins, 0 of them graded before.");
            assertThat(first.out())
                    .contains(
                            "attn-masks: 12 of 12 students handed in;",
                            "; 0 could not be graded, 0 files were left out.");
            assertThat(Files.readString(folder.resolve("out/gradebook.csv")))
                    .contains(
                            ",passed,100,100,100,",
                            ",compile-error,0,100,0,",
                            ",rejected,0,100,0,",
                            "12.5 by decision: appeal");
        }

        @Test
        @Order(2)
        void students_are_not_told_of_hidden_checks_before_publication() throws IOException {
            try (Stream<Path> files = Files.walk(folder.resolve("out/feedback"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContain("\"H1a\"")
                            .doesNotContain("Every combination of conditions");
                }
            }
            assertThat(folder.resolve("out/feedback/s0002/attn-masks/index.html"))
                    .content()
                    .contains("Hidden checks are told of when the grades are given out.");
            assertThat(folder.resolve("out/gradescope/s0002/attn-masks/results.json"))
                    .content()
                    .contains("\"after_published\"");
        }

        @Test
        @Order(3)
        void a_second_run_grades_nothing_and_writes_the_same_gradebook() throws IOException {
            byte[] before = gradebook();

            Sessions.Told again = batch();

            assertThat(again.err()).startsWith("12 hand-ins, 12 of them graded before.");
            assertThat(again.out()).contains("Nothing was left to be graded; 0 files were left out.");
            assertThat(gradebook()).isEqualTo(before);
        }

        @Test
        @Order(4)
        void a_run_that_was_killed_goes_on_to_the_same_gradebook() throws IOException {
            byte[] before = gradebook();
            for (String student : List.of("s0003", "s0005", "s0008", "s0011")) {
                delete(folder.resolve("out/results").resolve(student));
            }
            Files.writeString(
                    Files.createDirectories(folder.resolve("out/.half/x")).resolve("result.json"), "{");
            Files.delete(folder.resolve("out/gradebook.json"));

            Sessions.Told rest = batch();

            assertThat(rest.err()).startsWith("12 hand-ins, 8 of them graded before.");
            assertThat(gradebook()).isEqualTo(before);
            assertThat(folder.resolve("out/.half/x")).doesNotExist();
        }

        private static void delete(Path tree) throws IOException {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Nested
    class Mistakes {

        @TempDir
        private Path folder;

        @Test
        void a_wrong_plan_is_told_with_its_place() throws IOException {
            Path plan = folder.resolve("class.yaml");
            Files.writeString(
                    plan, "timeZone: Mars/Olympus\nassignments:\n  - {id: op-sofmax, due: 2026-13-01T00:00}\n");

            Sessions.Told told = Sessions.of(
                    "batch", folder.toString(), "--out", folder.resolve("out").toString());

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err().strip())
                    .isEqualTo("warpgrade: " + plan
                            + ":1:11 /timeZone 'Mars/Olympus' is no time zone: write Europe/Berlin,"
                            + " for example\n" + plan + ":3:10 /assignments/0/id there is no assignment 'op-sofmax'\n"
                            + plan + ":3:26 /assignments/0/due '2026-13-01T00:00' is no time");
        }

        @Test
        void a_deadline_needs_a_zone() {
            Sessions.Told told = Sessions.of(
                    "batch", folder.toString(), "--out", folder.toString(), "--deadline", "2026-11-30T23:59");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err())
                    .startsWith("warpgrade: --deadline takes a time with its zone, for example 2026-11-30T23:59+01:00");
        }

        @Test
        void nothing_is_applied_without_grading_anew() {
            Sessions.Told told = Sessions.of("batch", folder.toString(), "--out", folder.toString(), "--apply");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err().strip()).isEqualTo("warpgrade: --apply goes with --regrade.");
        }
    }
}
