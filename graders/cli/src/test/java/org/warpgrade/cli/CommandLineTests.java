package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.gpu.worker.WorkerDevice;
import picocli.CommandLine;

class CommandLineTests {

    @Nested
    class Help {

        @Test
        void no_command_shows_the_help_and_is_a_usage_mistake() {
            Session session = Session.of();

            assertThat(session.status()).isEqualTo(2);
            assertThat(session.out()).isEmpty();
            assertThat(session.err()).startsWith("Usage: warpgrade");
        }

        @Test
        void help_goes_to_standard_output() {
            Session session = Session.of("--help");

            assertThat(session.status()).isZero();
            assertThat(session.out()).contains("Exit status:").contains("list").contains("doctor");
            assertThat(session.err()).isEmpty();
        }

        /** Picocli takes each line as a format, and prints a warning in the middle of the help where it is none. */
        @Test
        void of_every_command_is_written_as_picocli_reads_it() {
            Terminal silent = new Terminal(System.out, System.err, false, false);
            ArrayDeque<CommandLine> open = new ArrayDeque<>(java.util.List.of(WarpGrade.commandLine(silent)));
            java.util.List<String> lines = new ArrayList<>();
            while (!open.isEmpty()) {
                CommandLine command = open.pop();
                open.addAll(command.getSubcommands().values());
                var usage = command.getCommandSpec().usageMessage();
                Stream.of(usage.header(), usage.description(), usage.footer())
                        .forEach(text -> lines.addAll(Arrays.asList(text)));
                usage.exitCodeList().values().forEach(lines::add);
            }
            assertThat(lines)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(line -> assertThatCode(() -> line.formatted()).doesNotThrowAnyException());
        }

        @Test
        void an_unknown_option_is_a_usage_mistake() {
            Session session = Session.of("list", "--frobnicate");

            assertThat(session.status()).isEqualTo(2);
            assertThat(session.err()).startsWith("Unknown option: '--frobnicate'");
        }
    }

    @Nested
    class List {

        @Test
        void shows_every_assignment_with_its_checks() {
            Session session = Session.of("list", "--lang", "en");

            assertThat(session.status()).isZero();
            assertThat(session.outLines()).contains("CUD").anyMatch(line -> line.startsWith("  cuda-saxpy "));
        }

        @Test
        void json_goes_to_standard_output() {
            Session session = Session.of("list", "--json");

            assertThat(session.status()).isZero();
            assertThat(session.out()).startsWith("[").contains("\"id\" : \"cuda-saxpy\"");
            assertThat(session.err()).isEmpty();
        }

        @Test
        void seed_items_with_the_checks_that_answer_them() {
            Session session = Session.of("list", "--seeds");

            assertThat(session.status()).isZero();
            assertThat(session.outLines().getFirst()).matches("\\| seed item \\| assignment +\\| checks +\\|");
            assertThat(session.outLines()).anyMatch(line -> line.matches("\\| S3-N01a +\\| op-softmax +\\| H7 +\\|"));
        }

        @Test
        void seed_items_as_json() {
            Session session = Session.of("list", "--seeds", "--json");

            assertThat(session.status()).isZero();
            assertThat(session.out()).startsWith("[").contains("\"seed\" : \"S3-N01a\"");
        }
    }

    @Nested
    class Start {

        @TempDir
        private Path folder;

        @Test
        void copies_the_starter_and_the_handout() {
            Path target = folder.resolve("work");

            Session session = Session.of("start", "cuda-saxpy", target.toString(), "--lang", "en");

            assertThat(session.status()).isZero();
            assertThat(session.out().strip())
                    .isEqualTo("Read " + target.resolve("handout.md") + ", write your solution in "
                            + target.resolve("cuda-saxpy.cu") + ", then run: ./warpgrade check "
                            + target.resolve("cuda-saxpy.cu"));
            assertThat(target.resolve("cuda-saxpy.cu")).content().startsWith("// assignment: cuda-saxpy");
            assertThat(target.resolve("handout.md")).isNotEmptyFile();
        }

        @Test
        void never_overwrites_a_solution() throws Exception {
            Files.writeString(folder.resolve("cuda-saxpy.cu"), "mine");

            Session session = Session.of("start", "cuda-saxpy", folder.toString());

            assertThat(session.status()).isEqualTo(2);
            assertThat(session.err().strip())
                    .isEqualTo(
                            "warpgrade: " + folder.resolve("cuda-saxpy.cu") + " exists already; nothing was written.");
            assertThat(folder.resolve("cuda-saxpy.cu")).hasContent("mine");
        }

        @Test
        void suggests_the_nearest_assignment() {
            Session session = Session.of("start", "cuda-sapxy", folder.toString());

            assertThat(session.status()).isEqualTo(2);
            assertThat(session.err().strip())
                    .isEqualTo("warpgrade: there is no assignment 'cuda-sapxy'; did you mean 'cuda-saxpy'?");
        }
    }

    @Nested
    class Devices {

        @BeforeEach
        void here_is_no_gpu() {
            assumeThat(WorkerDevice.mayBeHere()).isFalse();
        }

        @Test
        void a_gpu_that_is_not_there_ends_3_with_one_sentence() {
            assertThat(Session.of("gpu-checks").err().strip())
                    .isEqualTo(
                            "warpgrade: gpu-checks needs an NVIDIA GPU, and this machine has none that can be used.");
            String file = System.getProperty("warpgrade.home") + "/assignments/examples/softmax.cu";

            Session session = Session.of("check", file, "--device", "cuda");

            assertThat(session.status()).isEqualTo(3);
            assertThat(session.err().strip())
                    .isEqualTo(
                            "warpgrade: --device cuda: this machine has no NVIDIA GPU that its driver shows. Give --device"
                                    + " cpu or leave the option out.");
        }
    }

    @Nested
    class Doctor {

        @Test
        void tells_what_the_machine_can_do() {
            Session session = Session.of("doctor", "--lang", "en");

            assertThat(session.status()).isZero();
            assertThat(session.outLines())
                    .anyMatch(line -> line.startsWith("ok  JDK        Java 2"))
                    .anyMatch(line -> line.contains("the cpu device always works."));
        }
    }

    @Nested
    class Languages {

        @Test
        void both_have_the_same_messages() {
            assertThat(Messages.of("en").keys().toList())
                    .isEqualTo(Messages.of("zh").keys().toList());
        }
    }
}
