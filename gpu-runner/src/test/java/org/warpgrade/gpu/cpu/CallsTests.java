package org.warpgrade.gpu.cpu;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.DeviceBuffer.Access.INOUT;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.typed.CallLinker;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/** Functions that kernels call, on both executors: {@code calls.cu} has them in every form. */
class CallsTests {

    private static final int LANES = 32;

    /** What {@code solve} of {@code calls.cu} leaves. */
    private record Results(int[] ints, double[] wides, long[] big, float[] floats, RunOutcome.Completed run) {

        int at(int kernel, int lane) {
            return ints[kernel * LANES + lane];
        }
    }

    private static Results run(Executor executor, boolean sanitize) {
        DeviceBuffer ints = DeviceBuffer.ints("ints", INOUT, new int[6 * LANES]);
        DeviceBuffer wides = DeviceBuffer.doubles("wides", INOUT, new double[LANES]);
        DeviceBuffer big = DeviceBuffer.longs("big", INOUT, new long[LANES]);
        DeviceBuffer floats = DeviceBuffer.floats("floats", INOUT, new float[64]);
        float[] in = new float[64];
        for (int i = 0; i < 64; i++) {
            in[i] = i % 7;
        }
        Call call = Call.of(
                "solve",
                pointer(ints),
                pointer(wides),
                pointer(big),
                pointer(floats),
                pointer(DeviceBuffer.floats("in", IN, in)));
        RunOutcome outcome =
                Kernels.run(executor, "calls.cu", call, RunSettings.defaults().withSanitize(sanitize));
        assertThat(outcome.trace().findings()).isEmpty();
        RunOutcome.Completed completed = (RunOutcome.Completed) outcome;
        return new Results(
                completed.buffers().ints(ints),
                completed.buffers().doubles(wides),
                completed.buffers().longs(big),
                completed.buffers().floats(floats),
                completed);
    }

    @Nested
    class Results_of_calls {

        @ParameterizedTest
        @EnumSource
        void structs_vectors_and_small_values_arrive_and_return(Executor executor) {
            Results results = run(executor, false);
            for (int i = 0; i < LANES; i++) {
                int boxed = 3 * i * 3 + (int) (3.5 * i) + (i & 15);
                int expected = boxed + (1 + i) * 1000 + 8 * i + 12 + (i + 2 & 1) + 3 * i;
                assertThat(results.at(0, i)).isEqualTo(expected);
                assertThat(results.wides()[i]).isEqualTo(i * 0.5 + 1000000007.0 * i);
            }
        }

        @ParameterizedTest
        @EnumSource
        void local_arrays_of_caller_and_callee_are_apart(Executor executor) {
            Results results = run(executor, true);
            for (int i = 0; i < LANES; i++) {
                int at = i * 7 & 15;
                assertThat(results.at(1, i)).isEqualTo(i + at * at);
            }
        }

        @ParameterizedTest
        @EnumSource
        void each_thread_goes_to_its_own_depth_and_finds_its_variables_again(Executor executor) {
            Results results = run(executor, true);
            for (int i = 0; i < LANES; i++) {
                long factorial = 1;
                for (int f = 2; f <= i % 20; f++) {
                    factorial *= f;
                }
                assertThat(results.big()[i]).isEqualTo(factorial);
                int expected = i % 3 == 0 ? i % 2 == 0 ? 2 : 1 : -1;
                assertThat(results.at(2, i)).isEqualTo(expected + (i % 5 == 4 ? 0 : depth(i, 1) * 10));
            }
        }

        private static int depth(int n, int a) {
            return n == 0 ? a : depth(n - 1, a + n + (n & 3)) + n + (n + 1 & 3) + 2;
        }

        @ParameterizedTest
        @EnumSource
        void threads_of_a_warp_call_different_functions_through_pointers(Executor executor) {
            Results results = run(executor, true);
            for (int i = 0; i < LANES; i++) {
                int expected = step(i % 3, i, 5) + (i % 2 == 1 ? step((i + 1) % 3, i, 4) : 0);
                assertThat(results.at(3, i)).isEqualTo(expected);
            }
        }

        private static int step(int which, int a, int b) {
            return which == 0 ? a + b : which == 1 ? a * b : a - b;
        }

        @ParameterizedTest
        @EnumSource
        void threads_meet_at_shuffles_votes_and_barriers_inside_of_functions(Executor executor) {
            Results results = run(executor, true);
            float total = 0;
            for (int i = 0; i < 64; i++) {
                total += i % 7;
            }
            float rounds = 4 * total + 64 * (0 + 1 + 2 + 3);
            for (int i = 0; i < 64; i++) {
                assertThat(results.floats()[i]).isEqualTo(total + rounds + 32);
            }
        }

        @ParameterizedTest
        @EnumSource
        void functions_exit_print_and_allocate(Executor executor) {
            Results results = run(executor, true);
            for (int i = 0; i < LANES; i++) {
                assertThat(results.at(4, i)).isEqualTo(i % 4 == 1 ? -7 : i + i * i + i);
            }
            assertThat(results.run().trace().printed()).isEqualTo("thread 2 at 2\nthread 2 at 1\nthread 2 at 0\n");
        }

        @ParameterizedTest
        @EnumSource
        void a_thread_that_waits_in_a_function_lets_its_warp_go_on(Executor executor) {
            Results results = run(executor, false);
            for (int i = 0; i < LANES; i++) {
                assertThat(results.at(5, i)).isEqualTo(i % 2 == 0 ? 1 : 2);
            }
        }

        @Test
        void both_executors_count_the_same_instructions() {
            List<Long> counted = run(Executor.WARP_INTERPRETER, false).run().trace().launches().stream()
                    .map(LaunchRecord::threadInstructions)
                    .toList();
            List<Long> compiled = run(Executor.LANE_LOOPS, false).run().trace().launches().stream()
                    .map(LaunchRecord::threadInstructions)
                    .toList();
            // All but the last kernel, where how often threads look depends on who waits for whom.
            assertThat(compiled.subList(0, 6)).isEqualTo(counted.subList(0, 6));
        }
    }

    @Nested
    class Linking {

        private static LinkedKernel linked(String part) {
            Program program = Kernels.program("calls.cu");
            TypedModule module = new TypedModule(PtxParser.parse(program.ptx(), "calls.cu"));
            String name = module.module().functions().keySet().stream()
                    .filter(symbol -> symbol.contains(part))
                    .findFirst()
                    .orElseThrow();
            TypedFunction kernel = requireNonNull(module.function(name, name));
            return CallLinker.link(module, kernel, Warp.STACK_LIMIT);
        }

        private static long calls(LinkedKernel kernel) {
            return kernel.function().code().stream()
                    .filter(instruction -> instruction.op() instanceof Op.Call)
                    .count();
        }

        @Test
        void functions_that_do_not_call_themselves_become_part_of_the_kernel() {
            assertThat(linked("6values").bodies()).isEmpty();
            assertThat(calls(linked("6values"))).isZero();
            assertThat(calls(linked("6arrays"))).isZero();
        }

        @Test
        void arguments_and_results_of_one_word_are_registers() {
            assertThat(linked("6arrays").function().code().stream()
                            .filter(instruction ->
                                    instruction.op() instanceof Op.Load load && load.space() == Op.Space.PARAM_OUT))
                    .isEmpty();
        }

        @Test
        void recursive_functions_and_targets_of_pointers_stay_functions() {
            assertThat(linked("9recursion").bodies().keySet())
                    .anyMatch(name -> name.contains("depth"))
                    .anyMatch(name -> name.contains("is_even") || name.contains("is_odd"));
            assertThat(linked("8pointers").bodies().keySet())
                    .anyMatch(name -> name.contains("4plus"))
                    .anyMatch(name -> name.contains("5times"))
                    .anyMatch(name -> name.contains("5minus"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"6values", "6arrays", "9recursion", "8pointers", "8meetings", "7runtime", "7waiting"})
        void every_kernel_is_compiled_to_lane_loops(String part) {
            LaneCompiler.compile(linked(part), LaneAccess.class);
            LaneCompiler.compile(linked(part), WatchedAccess.class);
        }
    }

    @Nested
    class Faults {

        private static Finding only(Executor executor, String text) {
            Call call = Call.of("solve", pointer(DeviceBuffer.ints("data", INOUT, new int[64])));
            RunOutcome outcome =
                    Kernels.runText(executor, text, call, RunSettings.defaults().withSanitize(true));
            assertThat(outcome.trace().findings()).hasSize(1);
            return outcome.trace().findings().getFirst();
        }

        @ParameterizedTest
        @EnumSource
        void an_access_in_a_function_is_told_at_its_line(Executor executor) {
            Finding finding = only(executor, """
                    __device__ __noinline__ int at(const int* data, int i) {
                        return data[i];
                    }
                    __global__ void k(int* data) {
                        data[threadIdx.x] = at(data, threadIdx.x + 60);
                    }
                    extern "C" void solve(int* data) { k<<<1, 8>>>(data); }
                    """);
            assertThat(finding.kind()).isEqualTo(FindingKind.OUT_OF_BOUNDS);
            assertThat(finding.message()).isEqualTo("reads 4 bytes 0 bytes past the end of data (256 bytes)");
            assertThat(requireNonNull(finding.at()).line()).isEqualTo(2);
            assertThat(requireNonNull(finding.thread()).x()).isEqualTo(4);
        }

        @ParameterizedTest
        @EnumSource
        void recursion_without_end_overflows_the_stack_at_the_call(Executor executor) {
            Finding finding = only(executor, """
                    __device__ __noinline__ int down(int* data, int i) {
                        data[i & 63] = i;
                        return down(data, i + 1) + data[(i + 1) & 63];
                    }
                    __global__ void k(int* data) { data[0] = down(data, 0); }
                    extern "C" void solve(int* data) { k<<<1, 1>>>(data); }
                    """);
            assertThat(finding.kind()).isEqualTo(FindingKind.STACK_OVERFLOW);
            assertThat(finding.message()).isEqualTo("more than 4096 nested calls: does the recursion end?");
            assertThat(requireNonNull(finding.at()).line()).isEqualTo(3);
        }

        @ParameterizedTest
        @EnumSource
        void local_variables_of_an_activation_hold_nothing_that_an_earlier_one_left(Executor executor) {
            Finding finding = only(executor, """
                    __device__ __noinline__ int kept(int i, bool write) {
                        volatile int own[4];
                        if (write) own[i & 3] = i;
                        return own[i & 3] + 1;
                    }
                    __global__ void k(int* data) {
                        int first = kept(threadIdx.x, true);
                        data[threadIdx.x] = first + kept(threadIdx.x, data[60] != 0);
                    }
                    extern "C" void solve(int* data) { k<<<1, 1>>>(data); }
                    """);
            assertThat(finding.kind()).isEqualTo(FindingKind.UNINITIALISED_READ);
            assertThat(requireNonNull(finding.at()).line()).isEqualTo(4);
        }

        @ParameterizedTest
        @EnumSource
        void a_pointer_to_no_function_is_told(Executor executor) {
            Finding finding = only(executor, """
                    typedef int (*Step)(int);
                    __global__ void k(int* data) {
                        Step step = (Step)(long long)(data[3] + 4096);
                        data[0] = step(1);
                    }
                    extern "C" void solve(int* data) { k<<<1, 1>>>(data); }
                    """);
            assertThat(finding.message()).isEqualTo("calls address 0x1000, where no function is");
            assertThat(requireNonNull(finding.at()).line()).isEqualTo(4);
        }
    }
}
