package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "."));
    private static final String NAIVE =
            HOME.resolve("reference-impls/cuda/cuda-saxpy/1-naive.cu").toString();

    @Nested
    class A_table {

        @Test
        void aligns_names_to_the_left_and_numbers_to_the_right_also_in_chinese() {
            BenchTable table = new BenchTable(List.of("", "a", "bb"));
            table.row("启动次数", List.of("1", "20"));
            table.row("x", List.of("100", "3"));

            assertThat(table.lines()).containsExactly("              a  bb", "  启动次数    1  20", "  x         100   3");
        }

        @Test
        void numbers_are_short() {
            assertThat(BenchLines.number(1536)).isEqualTo("1536");
            assertThat(BenchLines.number(12_600)).isEqualTo("12.6 k");
            assertThat(BenchLines.number(4_194_304)).isEqualTo("4.19 M");
            assertThat(BenchLines.number(0.25)).isEqualTo("0.25");
            assertThat(BenchLines.number(123_456_789_012.0)).isEqualTo("123 G");
        }
    }

    @Nested
    class A_command {

        @Test
        void counts_a_file_and_compares_it_with_the_reference_and_with_a_saved_run(@TempDir Path folder)
                throws Exception {
            String saved = folder.resolve("saved.json").toString();
            Session first = Session.of("bench", NAIVE, "--lang", "en", "--size", "n=1024", "--json", saved);
            Session second = Session.of("bench", NAIVE, "--lang", "en", "--size", "n=1024", "--baseline", saved);

            assertThat(first.err()).isEmpty();
            assertThat(first.status()).isZero();
            assertThat(first.outLines())
                    .contains("1-naive.cu · n=1024 · every block counted", "cuda-saxpy")
                    .anyMatch(line -> line.matches(" +sectors per load request +4\\.00"))
                    .anyMatch(line -> line.matches(" +bytes at least +12\\.3 k"))
                    .anyMatch(line -> line.matches(" +of the reference's +[\\d.]+ +1\\.00"))
                    .contains("Counts are of PTX; times are a model for T4, not a measurement, and are never graded.");
            assertThat(Files.readString(Path.of(saved)))
                    .contains("\"assignment\" : \"cuda-saxpy\"", "\"flops\" : 2048.0");
            assertThat(second.outLines()).contains("1-naive.cu → 1-naive.cu", "  Nothing changed.");
        }

        @Test
        void run_counts_any_file_too() {
            Session session = Session.of(
                    "run",
                    NAIVE,
                    "--entry",
                    "saxpy",
                    "--counters",
                    "--arg",
                    "f32:2",
                    "--arg",
                    "buf:f32:64",
                    "--arg",
                    "i32:1",
                    "--arg",
                    "inout:f32:64=ones",
                    "--arg",
                    "i32:1",
                    "--arg",
                    "i32:64");

            assertThat(session.status()).isZero();
            assertThat(session.err())
                    .contains("  l1tex__average_t_sectors_per_request_pipe_lsu_mem_global_op_ld.ratio 4\n")
                    .contains("  warpgrade__fp32_flops.sum 128\n")
                    .containsPattern("  line \\d+: \\d+ warp instructions, 32\\.00 active lanes\n");
        }

        @Test
        void says_which_gpus_and_sizes_it_knows() {
            assertThat(Session.of("bench", NAIVE, "--gpu", "Voodoo").err())
                    .startsWith("warpgrade: no GPU is called 'Voodoo'; known: T4, V100 SXM2, A100");
            Session size = Session.of("bench", NAIVE, "--size", "rows=3");
            assertThat(size.status()).isEqualTo(2);
            assertThat(size.err()).contains("the problem of cuda-saxpy has no size 'rows'; it has n.");
        }

        @Test
        void refuses_a_baseline_that_is_none(@TempDir Path folder) throws Exception {
            Path file = Files.writeString(folder.resolve("x.json"), "{}");
            Session session = Session.of("bench", NAIVE, "--baseline", file.toString());

            assertThat(session.status()).isEqualTo(2);
            assertThat(session.err()).contains("this is no saved run of bench, schema 1.");
        }
    }
}
