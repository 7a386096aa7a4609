package org.warpgrade.gpu.cpu;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.typed.CallLinker;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/**
 * Lanes that go abreast leave the same bits, execute as many instructions and fault at the same place as lanes that go one after
 * the other.
 */
class AbreastTests {

    /** The result, how much was executed, and what went wrong. */
    private record Said(List<Integer> bits, List<Long> executed, List<String> findings) {}

    private static Said said(Executor executor, String text, DeviceBuffer result, Argument... arguments) {
        RunOutcome outcome = Kernels.runText(executor, text, Call.of("solve", arguments), RunSettings.defaults());
        List<Integer> bits = new ArrayList<>();
        if (outcome instanceof RunOutcome.Completed completed) {
            for (float value : completed.buffers().floats(result)) {
                bits.add(Float.floatToRawIntBits(value));
            }
        }
        List<Long> executed = new ArrayList<>();
        for (LaunchRecord launch : outcome.trace().launches()) {
            executed.add(launch.threadInstructions());
            executed.add(launch.maxThreadInstructions());
        }
        return new Said(
                bits,
                executed,
                outcome.trace().findings().stream().map(Finding::toString).toList());
    }

    /** What all executors say. */
    private static Said agreed(String text, DeviceBuffer result, Argument... arguments) {
        Said abreast = said(Executor.LANES_ABREAST, text, result, arguments);
        assertThat(abreast).isEqualTo(said(Executor.LANE_LOOPS, text, result, arguments));
        Said interpreted = said(Executor.WARP_INTERPRETER, text, result, arguments);
        assertThat(abreast.bits()).isEqualTo(interpreted.bits());
        assertThat(abreast.executed()).isEqualTo(interpreted.executed());
        return abreast;
    }

    private static DeviceBuffer floats(String name, Access access, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * 37 % 101 - 50;
        }
        return DeviceBuffer.floats(name, access, values, count);
    }

    private static RegionPlan plan(String text, int lanes, int width) {
        TypedModule module =
                new TypedModule(PtxParser.parse(Kernels.programOf(text).ptx(), "test.cu"));
        String name = module.module().kernels().stream()
                .map(PtxFunction::name)
                .filter(symbol -> symbol.contains("kernel"))
                .findFirst()
                .orElseThrow();
        return new RegionPlan(
                CallLinker.link(module, requireNonNull(module.function(name, name)), Warp.STACK_LIMIT),
                6000,
                false,
                new Formation(lanes, width),
                new BitSet());
    }

    /** The first region is one whose lanes may go abreast. */
    private static AbreastRegion first(String text, int lanes, int width) {
        AbreastRegion region = plan(text, lanes, width).abreast().get(0);
        assertThat(region).as("the first region, abreast").isNotNull();
        return requireNonNull(region);
    }

    // ------------------------------------------------------------------ loops

    private static final String STRIDED = """
            __global__ void kernel(const float* x, float* y, int n) {
                float sum = 0;
                for (int i = threadIdx.x; i < n; i += 64) sum = sum * 0.5f + x[i];
                y[blockIdx.x * 64 + threadIdx.x] = sum;
            }
            extern "C" void solve(const float* x, float* y, int n) { kernel<<<2, 64>>>(x, y, n); }
            """;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 128, 200, 256, 1000})
    void a_loop_that_all_lanes_or_only_some_go_through(int n) {
        DeviceBuffer y = floats("y", Access.INOUT, 128);
        Said said = agreed(STRIDED, y, pointer(floats("x", Access.IN, Math.max(n, 1))), pointer(y), i32(n));
        assertThat(said.bits()).hasSize(128);
        assertThat(said.findings()).isEmpty();
    }

    @Test
    void what_a_loop_carries_has_its_step_and_how_often_it_runs_is_the_same_for_all() {
        AbreastRegion region = first(STRIDED, 64, 64);
        List<Integer> guesses = new ArrayList<>();
        for (AbreastRegion.Block block : region.blocks()) {
            assertThat(region.mayPart(block)).as("%s", block).isFalse();
            for (int pc = block.begin(); pc < block.end(); pc++) {
                if (region.isGuess(plan(STRIDED, 64, 64).function().code().get(pc))) {
                    guesses.add(pc);
                }
            }
        }
        assertThat(guesses).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"99, 100", "100, 50", "101, 37"})
    void the_first_lane_out_of_bounds_is_the_one_that_is_told(int n, int length) {
        DeviceBuffer y = floats("y", Access.INOUT, 128);
        Said said = agreed(STRIDED, y, pointer(floats("x", Access.IN, length)), pointer(y), i32(n));
        if (n > length) {
            assertThat(said.findings()).singleElement().asString().contains(FindingKind.OUT_OF_BOUNDS.name());
        }
    }

    @Test
    void a_loop_without_an_end_is_stopped() {
        String text = """
                __global__ void kernel(float* y, int n) {
                    float sum = 0;
                    while (sum != -1.5f) sum = sum * 0.5f + n * y[threadIdx.x];
                    y[threadIdx.x] = sum;
                }
                extern "C" void solve(float* y, int n) { kernel<<<1, 64>>>(y, n); }
                """;
        first(text, 64, 64);
        RunLimits limits = RunLimits.defaults().withDeadline(Duration.ofMillis(200));
        RunOutcome outcome = Kernels.runText(
                Executor.LANES_ABREAST,
                text,
                Call.of("solve", pointer(floats("y", Access.INOUT, 64)), i32(0)),
                RunSettings.defaults().withLimits(limits));
        assertThat(outcome).isInstanceOf(RunOutcome.TimedOut.class);
        Finding where = ((RunOutcome.TimedOut) outcome).where();
        assertThat(requireNonNull(where.at()).line()).isEqualTo(3);
    }

    // ------------------------------------------------------------------ lanes that part

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 64, 100})
    void a_loop_that_each_lane_leaves_at_another_time(int n) {
        String text = """
                __global__ void kernel(const float* x, float* y, int n) {
                    float sum = 0;
                    int turns = 0;
                    for (int i = threadIdx.x; i < n && sum < 40.0f; i += 3) {
                        sum += x[i] * 0.25f + 13.0f;
                        turns++;
                    }
                    y[threadIdx.x] = sum + turns;
                }
                extern "C" void solve(const float* x, float* y, int n) { kernel<<<1, 96>>>(x, y, n); }
                """;
        first(text, 96, 96);
        DeviceBuffer y = floats("y", Access.INOUT, 96);
        agreed(text, y, pointer(floats("x", Access.IN, 100)), pointer(y), i32(n));
    }

    @Test
    void a_few_instructions_for_some_lanes_are_no_parting() {
        String text = """
                __global__ void kernel(const float* x, float* y) {
                    float v = x[threadIdx.x];
                    float other = 5.0f;
                    if (v > 3.0f) {
                        other = v * v;
                        y[threadIdx.x] = v + 1.0f;
                    }
                    if (!(v < -3.0f)) other -= x[threadIdx.x + 64];
                    y[threadIdx.x + 64] = other + v;
                }
                extern "C" void solve(const float* x, float* y) { kernel<<<1, 64>>>(x, y); }
                """;
        AbreastRegion region = first(text, 64, 64);
        assertThat(region.blocks()).anyMatch(block -> block.detour() != null).noneMatch(region::mayPart);
        DeviceBuffer y = floats("y", Access.INOUT, 128);
        agreed(text, y, pointer(floats("x", Access.IN, 128)), pointer(y));
    }

    @Test
    void a_tree_of_sums_in_shared_memory() {
        String text = """
                __global__ void kernel(const float* x, float* y) {
                    __shared__ float s[128];
                    s[threadIdx.x] = x[blockIdx.x * 128 + threadIdx.x];
                    __syncthreads();
                    for (int half = 64; half > 0; half /= 2) {
                        if (threadIdx.x < half) s[threadIdx.x] += s[threadIdx.x + half];
                        __syncthreads();
                    }
                    if (threadIdx.x == 0) y[blockIdx.x] = s[0];
                }
                extern "C" void solve(const float* x, float* y) { kernel<<<3, 128>>>(x, y); }
                """;
        assertThat(plan(text, 128, 128).abreast()).hasSizeGreaterThanOrEqualTo(2);
        DeviceBuffer y = floats("y", Access.INOUT, 3);
        agreed(text, y, pointer(floats("x", Access.IN, 384)), pointer(y));
    }

    // ------------------------------------------------------------------ scattered accesses

    private static final String SCATTERED = """
            __global__ void kernel(const float* x, float* y, int factor) {
                __shared__ float s[256];
                int at = threadIdx.x * factor & 255;
                s[at] = x[threadIdx.x];
                __syncthreads();
                int there = (threadIdx.x ^ 5) * factor & 255;
                if (threadIdx.x & 1) y[there & 63] = s[there];
            }
            extern "C" void solve(const float* x, float* y, int factor) { kernel<<<1, 64>>>(x, y, factor); }
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, -7, 101})
    void lanes_that_access_what_is_scattered(int factor) {
        assertThat(plan(SCATTERED, 64, 64).abreast()).hasSize(2);
        DeviceBuffer y = floats("y", Access.INOUT, 64);
        agreed(SCATTERED, y, pointer(floats("x", Access.IN, 64)), pointer(y), i32(factor));
    }

    @Test
    void a_scattered_access_out_of_bounds_is_told_of_the_first_lane_that_does_it() {
        DeviceBuffer y = floats("y", Access.INOUT, 20);
        Said said = agreed(SCATTERED, y, pointer(floats("x", Access.IN, 64)), pointer(y), i32(3));
        assertThat(said.findings()).singleElement().asString().contains(FindingKind.OUT_OF_BOUNDS.name());
    }

    @Test
    void lanes_that_do_not_access_anything_may_have_any_address() {
        String text = """
                __global__ void kernel(const float* x, float* y, int n) {
                    int at = (threadIdx.x * 7) & 63;
                    float v = 0.5f;
                    if (at < n) v = x[at];
                    y[threadIdx.x] = v;
                }
                extern "C" void solve(const float* x, float* y, int n) { kernel<<<1, 64>>>(x, y, n); }
                """;
        first(text, 64, 64);
        DeviceBuffer y = floats("y", Access.INOUT, 64);
        Said said = agreed(text, y, pointer(floats("x", Access.IN, 20)), pointer(y), i32(20));
        assertThat(said.findings()).isEmpty();
    }

    // ------------------------------------------------------------------ steps

    @ParameterizedTest
    @CsvSource({
        "0x7FFFFFF0, 0",
        "0x7FFFFFC0, 0",
        "-32, 0",
        "-64, 64",
        "-100, 36",
        "0, 0",
    })
    void an_index_that_wraps_around_has_no_step(String start, int back) {
        String text = """
                __global__ void kernel(const float* x, float* y, int start, int back) {
                    int i = start + threadIdx.x;
                    if (i > 63) i = 63;
                    unsigned u = i < 0 ? 0 : i;
                    y[threadIdx.x] = x[u] + (i < back ? 1.0f : 2.0f);
                }
                extern "C" void solve(const float* x, float* y, int start, int back) {
                    kernel<<<1, 64>>>(x, y, start, back);
                }
                """;
        DeviceBuffer y = floats("y", Access.INOUT, 64);
        agreed(text, y, pointer(floats("x", Access.IN, 64)), pointer(y), i32(Integer.decode(start)), i32(back));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 63, 64, 100, -1, Integer.MIN_VALUE})
    void a_comparison_that_some_lanes_pass(int limit) {
        String text = """
                __global__ void kernel(const float* x, float* y, int limit) {
                    int i = threadIdx.x;
                    float v = 0;
                    if (i < limit) for (int k = 0; k < 3; k++) v += x[i + k];
                    if ((unsigned)(i - 10) >= (unsigned)limit) for (int k = 0; k < 2; k++) v -= x[i + 64 - k];
                    y[i] = v;
                }
                extern "C" void solve(const float* x, float* y, int limit) { kernel<<<1, 64>>>(x, y, limit); }
                """;
        DeviceBuffer y = floats("y", Access.INOUT, 64);
        agreed(text, y, pointer(floats("x", Access.IN, 128)), pointer(y), i32(limit));
    }

    @Test
    void what_is_loaded_for_all_lanes_is_loaded_after_what_they_stored_before() {
        String text = """
                __global__ void kernel(float* y) {
                    __shared__ float s[64];
                    s[threadIdx.x] = threadIdx.x;
                    y[threadIdx.x] = 3.0f;
                    float first = y[0];
                    y[64 + threadIdx.x] = first + y[threadIdx.x];
                    y[0] = 9.0f;
                    y[128 + threadIdx.x] = y[0] + s[threadIdx.x];
                }
                extern "C" void solve(float* y) { kernel<<<1, 64>>>(y); }
                """;
        first(text, 64, 64);
        DeviceBuffer y = floats("y", Access.INOUT, 192);
        Said said = said(Executor.LANES_ABREAST, text, y, pointer(y));
        float[] expected = new float[192];
        Arrays.fill(expected, 0, 64, 3.0f);
        Arrays.fill(expected, 64, 128, 6.0f);
        for (int i = 0; i < 64; i++) {
            expected[128 + i] = 9.0f + i;
        }
        expected[0] = 9.0f;
        List<Integer> bits = new ArrayList<>();
        for (float value : expected) {
            bits.add(Float.floatToRawIntBits(value));
        }
        assertThat(said.bits()).isEqualTo(bits);
    }

    @Test
    void each_row_of_a_block_goes_abreast() {
        String text = """
                __global__ void kernel(const float* x, float* y, int n) {
                    __shared__ float tile[4][33];
                    int row = threadIdx.y;
                    for (int i = threadIdx.x; i < n; i += 32) {
                        tile[row][threadIdx.x] = x[row * n + i] + (row == 2 && i > 40 ? 1.0f : 0.0f);
                        __syncthreads();
                        y[row * n + i] = tile[(row + 1) % 4][threadIdx.x];
                        __syncthreads();
                    }
                }
                extern "C" void solve(const float* x, float* y, int n) { kernel<<<1, dim3(32, 4)>>>(x, y, n); }
                """;
        assertThat(plan(text, 128, 32).abreast()).isNotEmpty();
        DeviceBuffer y = floats("y", Access.INOUT, 4 * 64);
        agreed(text, y, pointer(floats("x", Access.IN, 4 * 64)), pointer(y), i32(64));
    }

    @Test
    void what_has_a_step_is_there_behind_a_barrier_and_in_other_lanes() {
        String text = """
                __global__ void kernel(const float* x, float* y, int n) {
                    int i = threadIdx.x * 3 + n;
                    const float* p = x + i;
                    float v = 0;
                    for (int k = 0; k < n; k++) {
                        v += p[k];
                        __syncthreads();
                        i += __shfl_xor_sync(0xffffffff, i, 1) & 1;
                    }
                    if (threadIdx.x % 3 == 1) return;
                    y[threadIdx.x] = v + i;
                }
                extern "C" void solve(const float* x, float* y, int n) { kernel<<<1, 64>>>(x, y, n); }
                """;
        assertThat(plan(text, 64, 64).abreast()).isNotEmpty();
        DeviceBuffer y = floats("y", Access.INOUT, 64);
        agreed(text, y, pointer(floats("x", Access.IN, 256)), pointer(y), i32(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 3, 31})
    void sums_by_shuffles(int distance) {
        String text = """
                __global__ void kernel(const float* x, float* y) {
                    float v = x[threadIdx.x];
                    int w = threadIdx.x * 5;
                    v -= __shfl_xor_sync(0xffffffff, v, %1$d);
                    w += __shfl_xor_sync(0xffffffff, w, %1$d) * 3;
                    v -= 0.5f * __shfl_up_sync(0xffffffff, v, %1$d);
                    y[threadIdx.x] = v + w;
                }
                extern "C" void solve(const float* x, float* y) { kernel<<<1, 96>>>(x, y); }
                """.formatted(distance);
        assertThat(plan(text, 96, 96).abreast()).hasSizeGreaterThanOrEqualTo(3);
        DeviceBuffer y = floats("y", Access.INOUT, 96);
        agreed(text, y, pointer(floats("x", Access.IN, 96)), pointer(y));
    }

    // ------------------------------------------------------------------ when

    @Test
    void lanes_go_abreast_in_kernels_that_have_run_long_enough() {
        assertThat(Formation.pays(1L << 20)).isFalse();
        assertThat(Formation.pays(1L << 33)).isTrue();
    }
}
