package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.performance.Speed;
import org.warpgrade.engine.performance.TimedProblem;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.Interval;
import org.warpgrade.gpu.timing.Measurement.Compared;
import org.warpgrade.gpu.timing.Measurement.Side;
import org.warpgrade.gpu.timing.Measurement.Standing;
import org.warpgrade.gpu.timing.Peaks;

/** What is said of a GPU, without one. */
class GpuChecksTests {

    @Nested
    class Rows {

        @TempDir
        private Path folder;

        private final ByteArrayOutputStream told = new ByteArrayOutputStream();

        @Test
        void are_in_the_file_as_soon_as_they_are_known() throws Exception {
            Path file = folder.resolve("new/checks.md");
            GpuCheckRows rows = new GpuCheckRows(file, new PrintStream(told, true, StandardCharsets.UTF_8));
            rows.add("GPU", "NVIDIA H200");
            assertThat(Files.readString(file)).isEqualTo("| what | result |\n|---|---|\n| GPU | NVIDIA H200 |\n");
            rows.check("overhead", "0.30 %", true);
            assertThat(rows.allGood()).isTrue();
            rows.check("a|b", "3 of 4", false);
            assertThat(rows.allGood()).isFalse();
            assertThat(Files.readAllLines(file)).endsWith("| overhead | 0.30 % |", "| a\\|b | **3 of 4** |");
            assertThat(told.toString(StandardCharsets.UTF_8)).contains(" s  GPU: NVIDIA H200\n");
        }
    }

    @Nested
    class Approximations {

        private static boolean agree(String instruction, long expected, long actual) {
            return Approximation.of(instruction + " %d, %a;")
                    .map(a -> a.holds(expected, actual))
                    .orElse(false);
        }

        @Test
        void may_be_off_by_their_error_and_no_more() {
            long one = Float.floatToIntBits(1.0f);
            assertThat(agree("ex2.approx.ftz.f32", one, Float.floatToIntBits(1.0f + 0x1p-22f)))
                    .isTrue();
            assertThat(agree("ex2.approx.ftz.f32", one, Float.floatToIntBits(1.0f + 0x1p-16f)))
                    .isFalse();
            assertThat(agree("tanh.approx.f32", one, Float.floatToIntBits(1.0f - 0x1p-11f)))
                    .isTrue();
            assertThat(agree(
                            "rcp.approx.ftz.f64", Double.doubleToLongBits(0.5), Double.doubleToLongBits(0.5 + 0x1p-24)))
                    .isTrue();
        }

        @Test
        void hold_for_both_halves_of_a_pair() {
            assertThat(agree("tanh.approx.f16x2", 0x3C003C00L, 0x3C003BFFL)).isTrue();
            assertThat(agree("tanh.approx.f16x2", 0x3C003C00L, 0x3C000000L)).isFalse();
            assertThat(agree("tanh.approx.f16x2", 0x3C003C00L, 0x00003C00L)).isFalse();
        }

        @Test
        void keep_nan_and_infinity_as_they_are() {
            long infinity = Float.floatToIntBits(Float.POSITIVE_INFINITY);
            assertThat(agree("rcp.approx.f32", infinity, infinity)).isTrue();
            assertThat(agree("rcp.approx.f32", infinity, Float.floatToIntBits(3e38f)))
                    .isFalse();
            assertThat(agree("rcp.approx.f32", Float.floatToIntBits(Float.NaN), 0x7FFFFFFFL))
                    .isTrue();
            assertThat(agree("rcp.approx.f32", Float.floatToIntBits(Float.NaN), infinity))
                    .isFalse();
        }

        @Test
        void are_told_from_exact_instructions() {
            assertThat(Approximation.of("div.rn.f32 %d, %a, %b;")).isEmpty();
        }
    }

    @Nested
    class Times {

        private static Speed.Timed timed(double micros, Standing standing) {
            Interval own = new Interval(micros - 1, micros, micros + 1);
            Interval ratio = new Interval(micros / 100 - 0.01, micros / 100, micros / 100 + 0.01);
            GpuState state = new GpuState(1980, 2619, 41, 612.4, java.util.Set.of());
            Compared compared = new Compared(
                    ratio,
                    standing,
                    new Side("mine.cu", own, List.of(micros)),
                    new Side("ref", own, List.of(100.0)),
                    64,
                    true,
                    state,
                    state);
            return new Speed.Timed(
                    new TimedProblem("n=33554432", TimedProblem.Kind.MEM, 400e6, List.of(Call.of("saxpy"))),
                    "NVIDIA H200",
                    new Peaks(4.2e12, 60e12, 700e12, 50 << 20),
                    compared);
        }

        @Test
        void stand_side_by_side_with_intervals_and_the_ground_that_they_stand_on() throws Exception {
            Assignment assignment = Catalog.ofHome().assignment("cuda-saxpy").orElseThrow();
            Map<String, Speed.Timed> files = new LinkedHashMap<>();
            files.put("fast.cu", timed(101, Standing.NOT_DISTINGUISHABLE));
            files.put("slow.cu", timed(250, Standing.SLOWER));

            assertThat(new SpeedLines(Messages.of("en")).of(assignment, files))
                    .containsExactly(
                            "cuda-saxpy · n=33554432",
                            "                                           fast.cu        slow.cu",
                            "  time, median                           101.00 µs      250.00 µs",
                            "  95 % interval                      100.00–102.00  249.00–251.00",
                            "  time over the reference's                  1.010          2.500",
                            "  95 % interval                        1.000–1.020    2.490–2.510",
                            "  compared with the reference  not distinguishable         slower",
                            "  of a copy kernel                            94 %           38 %",
                            "  of the floor                                63 %           26 %",
                            "  pairs of runs                                  1              1",
                            "  points for speed                           10/10           0/10",
                            "  Measured on the NVIDIA H200; in the same run our copy kernel reached 4200 GB/s, our multiply-add"
                                    + " kernel 60.0 TFLOP/s. At the end 1980 MHz, 41 °C, 612 W.");
        }
    }
}
