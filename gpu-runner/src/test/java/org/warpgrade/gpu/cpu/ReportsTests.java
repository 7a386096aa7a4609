package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** What the sanitizers report where there is more than one thing to tell. */
class ReportsTests {

    private static List<Finding> found(Executor executor, String kernel, int threads) {
        String text = kernel + """
                extern "C" void solve() {
                    float *p, *o;
                    cudaMalloc(&p, 512);
                    cudaMalloc(&o, 512);
                    cudaMemset(p, 0, 512);
                    k<<<1, %d>>>(p, o);
                    cudaFree(p);
                    cudaFree(o);
                }
                """.formatted(threads);
        RunOutcome outcome = Kernels.runText(
                executor, text, Call.of("solve"), RunSettings.defaults().withSanitize(true));
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        return outcome.trace().findings();
    }

    @ParameterizedTest
    @EnumSource
    void a_race_with_the_reader_before_the_last_tells_that_readers_line(Executor executor) {
        List<Finding> found = found(executor, """
                __global__ void k(float* p, float* o) {
                    int t = threadIdx.x;
                    if (t == 0) o[32] = p[7];
                    float v = p[t];
                    p[t] = v + 1;
                    o[t] = v;
                }
                """, 32);
        assertThat(found).singleElement().satisfies(race -> {
            assertThat(race.kind()).isEqualTo(FindingKind.GLOBAL_RACE);
            assertThat(race.at()).hasToString("test.cu:5");
            assertThat(race.message()).contains("thread (0,0,0) of the same block used at line 3 ");
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_thousand_reports_of_one_line_hide_no_other(Executor executor) {
        List<Finding> found = found(executor, """
                __global__ void k(float* p, float* o) {
                    __shared__ float a[64];
                    __shared__ float s[64];
                    int t = threadIdx.x;
                    if (t < 32) a[t] = 1;
                    __syncthreads();
                    float x = 0;
                    if (t < 32) for (int c = 0; c < 64; c++) x += a[c];
                    __syncthreads();
                    s[t] = t;
                    float y = s[63 - t];
                    __syncthreads();
                    o[t] = x + y;
                }
                """, 64);
        assertThat(found).extracting(Finding::kind).contains(FindingKind.UNINITIALISED_READ, FindingKind.SHARED_RACE);
    }

    /** Weak loads by the letter, and what people wait with. */
    @ParameterizedTest
    @EnumSource
    void blocks_that_wait_for_one_another_with_uncached_loads_get_through(Executor executor) {
        String text = """
                #define ARRIVE if (threadIdx.x == 0) { __threadfence(); atomicInc(c, gridDim.x - 1);
                __global__ void uncached(unsigned* c) { ARRIVE while (__ldcg(c) != 0) { } } }
                __global__ void fetched_again(unsigned* c) { ARRIVE while (__ldcv(c) != 0) { } } }
                __global__ void sleeping(unsigned* c) {
                    ARRIVE
                        unsigned left;
                        do {
                            __nanosleep(20);
                            asm volatile("ld.global.u32 %0, [%1];" : "=r"(left) : "l"(c) : "memory");
                        } while (left != 0);
                    }
                }
                __global__ void fencing(unsigned* c) { ARRIVE while (c[0] != 0) __threadfence(); } }
                extern "C" void solve() {
                    unsigned* c;
                    cudaMalloc(&c, 4);
                    cudaMemset(c, 0, 4);
                    uncached<<<3, 32>>>(c);
                    fetched_again<<<3, 32>>>(c);
                    sleeping<<<3, 32>>>(c);
                    fencing<<<3, 32>>>(c);
                    cudaDeviceSynchronize();
                    cudaFree(c);
                }
                """;
        RunOutcome outcome = Kernels.runText(executor, text, Call.of("solve"), RunSettings.defaults());
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
    }
}
