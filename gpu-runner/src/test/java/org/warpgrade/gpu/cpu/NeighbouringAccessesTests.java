package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** Accesses off one register share what the first has found out; that must not hide a fault, nor move one. */
class NeighbouringAccessesTests {

    /** Four neighbours at a time, the fourth of the last group out of bounds; writes must end before it. */
    private static final String FOUR = """
            __global__ void four(float* x) {
                float* mine = x + 4 * threadIdx.x;
                mine[0] = 1;
                mine[1] = 2;
                mine[2] = 3;
                mine[3] = 4;
            }
            extern "C" void solve(float* x, int threads) { four<<<1, threads>>>(x); }
            """;

    /** The low bits of the addresses of all four are right, and the first is in bounds, but the step leaves the buffer. */
    private static final String STRIDES = """
            __global__ void strides(const int* x, int* y, int step) {
                y[0] = x[0];
                y[1] = x[step];
                y[2] = x[2 * step];
            }
            extern "C" void solve(const int* x, int* y, int step) { strides<<<1, 1>>>(x, y, step); }
            """;

    /** One site, two buffers, chosen anew in every round, often enough to be taken for restless. */
    private static final String TO_AND_FRO = """
            __global__ void to_and_fro(const int* a, const int* b, int* sums, int rounds) {
                int sum = 0;
                for (int i = 0; i < rounds; i++) {
                    const int* one = (i * 7 & 4) ? a : b;
                    sum += one[0] + 3 * one[1] + 5 * one[2] + 7 * one[i % 3];
                }
                sums[threadIdx.x] = sum;
            }
            extern "C" void solve(const int* a, const int* b, int* sums, int rounds) {
                to_and_fro<<<1, 32>>>(a, b, sums, rounds);
            }
            """;

    private static final String SHARED = """
            __global__ void shared(int* y, int first) {
                __shared__ int s[8];
                char* bytes = (char*)s;
                int* four = (int*)(bytes + first);
                four[0] = 1;
                four[1] = 2;
                y[0] = four[0] + four[1];
            }
            extern "C" void solve(int* y, int first) { shared<<<1, 1>>>(y, first); }
            """;

    private static RunOutcome run(Executor executor, String text, Argument... arguments) {
        return Kernels.runText(executor, text, Call.of("solve", arguments), RunSettings.defaults());
    }

    private static Finding fault(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(RunOutcome.Faulted.class);
        return ((RunOutcome.Faulted) outcome).fault();
    }

    private static DeviceBuffer ints(String name, Access access, int... values) {
        return DeviceBuffer.ints(name, access, values, values.length);
    }

    @ParameterizedTest
    @EnumSource
    void the_neighbour_that_is_out_of_bounds_faults_at_its_own_line(Executor executor) {
        DeviceBuffer x = DeviceBuffer.floats("x", Access.INOUT, new float[11], 11);
        Finding fault = fault(run(executor, FOUR, pointer(x), i32(3)));
        assertThat(fault.kind()).isEqualTo(FindingKind.OUT_OF_BOUNDS);
        assertThat(fault.message()).isEqualTo("writes 4 bytes 0 bytes past the end of x (44 bytes)");
        assertThat(fault.at()).isNotNull();
        assertThat(fault.at().line()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void a_step_that_leaves_the_buffer_faults_however_large(Executor executor) {
        for (int step : new int[] {4, 1 << 14, 1 << 28, 1 << 30, -1, -(1 << 30)}) {
            DeviceBuffer x = ints("x", Access.IN, 1, 2, 3, 4);
            DeviceBuffer y = ints("y", Access.INOUT, 0, 0, 0);
            Finding fault = fault(run(executor, STRIDES, pointer(x), pointer(y), i32(step)));
            assertThat(fault.kind()).as("step " + step).isEqualTo(FindingKind.OUT_OF_BOUNDS);
            assertThat(fault.at()).isNotNull();
            assertThat(fault.at().line()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_access_may_go_to_two_buffers_for_ever(Executor executor) {
        DeviceBuffer sums = ints("sums", Access.INOUT, new int[32]);
        int rounds = 2000;
        RunOutcome outcome = run(
                executor,
                TO_AND_FRO,
                pointer(ints("a", Access.IN, 1, 2, 3)),
                pointer(ints("b", Access.IN, 40, 50, 60)),
                pointer(sums),
                i32(rounds));
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        int[][] buffers = {{40, 50, 60}, {1, 2, 3}};
        int sum = 0;
        for (int i = 0; i < rounds; i++) {
            int[] one = buffers[(i * 7 & 4) / 4];
            sum += one[0] + 3 * one[1] + 5 * one[2] + 7 * one[i % 3];
        }
        assertThat(((RunOutcome.Completed) outcome).buffers().ints(sums)).containsOnly(sum);
    }

    @ParameterizedTest
    @EnumSource
    void a_base_in_shared_memory_that_is_misaligned_or_beyond_faults(Executor executor) {
        DeviceBuffer y = ints("y", Access.INOUT, 0);
        assertThat(run(executor, SHARED, pointer(y), i32(24))).isInstanceOf(RunOutcome.Completed.class);
        assertThat(fault(run(executor, SHARED, pointer(y), i32(28))).message())
                .isEqualTo("writes 4 bytes at offset 32 of shared memory, of which the block has 32 bytes");
        assertThat(fault(run(executor, SHARED, pointer(y), i32(2))).message())
                .isEqualTo("writes 4 bytes at offset 2 of shared memory, which is not a multiple of 4");
        assertThat(fault(run(executor, SHARED, pointer(y), i32(-4))).kind()).isEqualTo(FindingKind.OUT_OF_BOUNDS);
    }
}
