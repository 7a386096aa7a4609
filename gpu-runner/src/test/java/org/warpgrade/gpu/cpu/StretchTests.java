package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.pointer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Counting;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** What is executed and counted several instructions at a time is what it is one by one. */
class StretchTests {

    private static RunOutcome counted(String kernel) {
        return Kernels.runText(
                Executor.LANE_LOOPS,
                kernel + "extern \"C\" void solve(int* out) { k<<<1, 32>>>(out); }",
                Call.of("solve", pointer(DeviceBuffer.output("out", ElementType.I32, 32))),
                RunSettings.defaults().withCounters(Counting.full()));
    }

    private static Counters counters(String kernel) {
        RunOutcome outcome = counted(kernel);
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        return outcome.trace().launches().getFirst().counters().total();
    }

    @Test
    void accesses_from_one_register_are_alike_until_it_changes() {
        Counters counters = counters("""
                __global__ void k(int* out) {
                    __shared__ int s[1056];
                    int t = threadIdx.x;
                    for (int i = t; i < 1056; i += 32) s[i] = i;
                    __syncthreads();
                    int sum = s[2 * t] + s[2 * t + 1];   // two wavefronts each
                    sum += s[32 * t] + s[32 * t + 1];    // thirty-two each
                    sum += s[33 * t] + s[t] + s[7];      // one each
                    out[t] = sum;
                }
                """);
        assertThat(counters.get(Metric.SHARED_LOADS)).isEqualTo(7);
        assertThat(counters.get(Metric.SHARED_LOAD_WAVEFRONTS)).isEqualTo(2 * 2 + 2 * 32 + 3);
        assertThat(counters.get(Metric.SHARED_LOAD_CONFLICTS)).isEqualTo(2 + 2 * 31);
    }

    @Test
    void a_fault_among_them_is_told_at_its_line_and_thread() {
        RunOutcome outcome = counted("""
                __global__ void k(int* out) {
                    int t = threadIdx.x;
                    int a = out[t & 7] + 3;
                    int b = out[t * 2 & 31] * a;
                    int c = out[t + (t == 21 ? 4000 : 0)] + b;
                    out[t] = a + b * c;
                }
                """);
        assertThat(outcome.trace().findings()).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.at()).hasToString("test.cu:5");
            assertThat(finding.thread()).hasToString("(21,0,0)");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "64, OUT_OF_BOUNDS, 5, 30",
        "-8, OUT_OF_BOUNDS, 6, 0",
        "1, MISALIGNED, 7, 0",
    })
    void a_fault_among_words_off_one_register_is_told_where_it_is(int wrong, FindingKind kind, int line, int thread) {
        RunOutcome outcome = counted("""
                __global__ void k(int* out) {
                    __shared__ __align__(16) int s[34];
                    for (int i = threadIdx.x; i < 34; i += 32) s[i] = i;
                    const char* p = (const char*)s + threadIdx.x * 4;
                    int a = *(const int*)(p + %d);
                    int b = *(const int*)(p + %d);
                    int c = *(const int*)(p + %d);
                    out[threadIdx.x] = a + b * c + s[33];
                }
                """.formatted(wrong == 64 ? 16 : 4, wrong == -8 ? -8 : 0, wrong == 1 ? 1 : 8));
        assertThat(outcome.trace().findings()).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.at()).hasToString("test.cu:" + line);
            assertThat(finding.thread()).hasToString("(" + thread + ",0,0)");
        });
    }
}
