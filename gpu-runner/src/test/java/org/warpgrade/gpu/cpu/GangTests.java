package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** Warps of a block that run together give what they give one by one, and what the interpreter gives. */
class GangTests {

    private static final List<String> KERNELS =
            List.of("together", "one_warp_apart", "some_leave", "rounds_of_their_own", "flag");

    /** What a run left: the results, and what the threads executed. */
    private record Left(List<Integer> out, long executed, long most) {}

    private static Left run(Executor executor, RunSettings settings, int which, int n, int threads) {
        int[] x = new int[n];
        Arrays.setAll(x, i -> (i * 7919 + 13) % 101 - 40);
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, n);
        RunOutcome outcome = Kernels.run(
                executor,
                "gangs.cu",
                Call.of(
                        "solve",
                        i32(which),
                        pointer(DeviceBuffer.ints("x", Access.IN, x)),
                        pointer(out),
                        i32(n),
                        i32(threads)),
                settings);
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        LaunchRecord launch = outcome.trace().launches().getFirst();
        return new Left(
                IntStream.of(((RunOutcome.Completed) outcome).buffers().ints(out))
                        .boxed()
                        .toList(),
                launch.threadInstructions(),
                launch.maxThreadInstructions());
    }

    static Stream<Arguments> kernelsAndBlocks() {
        return KERNELS.stream().flatMap(kernel -> Stream.of(64, 96, 256, 1024).map(size -> Arguments.of(kernel, size)));
    }

    @ParameterizedTest
    @MethodSource("kernelsAndBlocks")
    void warps_give_the_same_together_one_by_one_and_interpreted(String kernel, int threads) {
        int which = KERNELS.indexOf(kernel);
        // The last block has warps without work and a warp with some.
        int n = 3 * threads - threads / 2 - 7;
        Left together = run(Executor.LANE_LOOPS, RunSettings.defaults(), which, n, threads);
        Left oneByOne = run(Executor.LANE_LOOPS, RunSettings.defaults().withSchedule(5), which, n, threads);
        Left interpreted = run(Executor.WARP_INTERPRETER, RunSettings.defaults(), which, n, threads);
        assertThat(together.out()).isEqualTo(interpreted.out());
        assertThat(oneByOne.out()).isEqualTo(interpreted.out());
        if (!kernel.equals("flag")) { // how often it looks depends on who is when at work
            assertThat(together).isEqualTo(interpreted);
            assertThat(oneByOne).isEqualTo(interpreted);
        }
    }

    @Test
    void a_fault_names_the_thread_and_the_line() {
        RunOutcome outcome = Kernels.runText(
                Executor.LANE_LOOPS,
                """
                __global__ void k(int* out) {
                    int v = __shfl_xor_sync(0xffffffff, threadIdx.x, 1);
                    v += __shfl_xor_sync(0xffffffff, v, 2);
                    out[blockIdx.x * blockDim.x + threadIdx.x + (threadIdx.x == 77 ? 1000 : 0)] = v;
                }
                extern "C" void solve(int* out) { k<<<2, 128>>>(out); }
                """,
                Call.of("solve", pointer(DeviceBuffer.output("out", ElementType.I32, 256))),
                RunSettings.defaults());
        assertThat(outcome.trace().findings()).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.at()).hasToString("test.cu:4");
            assertThat(finding.toString()).contains("77");
        });
    }
}
