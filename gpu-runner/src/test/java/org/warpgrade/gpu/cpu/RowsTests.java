package org.warpgrade.gpu.cpu;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
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
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.typed.CallLinker;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/**
 * Accesses whose addresses are linear in the thread are done as rows; the interpreter, which knows no rows, must see the same
 * values and the same faults.
 */
class RowsTests {

    private static final String SHIFTED = """
            __global__ void shifted(const float* x, float* y, int n, int shift) {
                int i = blockIdx.x * blockDim.x + threadIdx.x;
                if (i < n) y[i] = 2 * x[i + shift] + y[i];
            }
            extern "C" void solve(const float* x, float* y, int n, int shift) {
                shifted<<<(n + 63) / 64, 64>>>(x, y, n, shift);
            }
            """;

    /** What the executors say of the same call: the buffer's values, or the fault. */
    private static Object said(Executor executor, String text, DeviceBuffer buffer, Argument... arguments) {
        RunOutcome outcome = Kernels.runText(executor, text, Call.of("solve", arguments), RunSettings.defaults());
        return switch (outcome) {
            case RunOutcome.Completed completed -> bits(completed, buffer);
            case RunOutcome.Faulted faulted -> faulted.fault();
            default -> outcome;
        };
    }

    private static List<Integer> bits(RunOutcome.Completed completed, DeviceBuffer buffer) {
        List<Integer> bits = new ArrayList<>();
        for (float value : completed.buffers().floats(buffer)) {
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }

    /** The common answer of both executors. */
    private static Object agreed(String text, DeviceBuffer buffer, Argument... arguments) {
        Object loops = said(Executor.LANE_LOOPS, text, buffer, arguments);
        assertThat(loops).isEqualTo(said(Executor.WARP_INTERPRETER, text, buffer, arguments));
        return loops;
    }

    private static DeviceBuffer floats(String name, Access access, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * 37 % 101 - 50;
        }
        return DeviceBuffer.floats(name, access, values, count);
    }

    private static LinkedKernel linked(String text, String kernel) {
        TypedModule module =
                new TypedModule(PtxParser.parse(Kernels.programOf(text).ptx(), "test.cu"));
        String name = module.module().kernels().stream()
                .map(PtxFunction::name)
                .filter(symbol -> symbol.contains(kernel))
                .findFirst()
                .orElseThrow();
        return CallLinker.link(module, requireNonNull(module.function(name, name)), Warp.STACK_LIMIT);
    }

    private static boolean hasRows(String text, String kernel, Class<?> access) {
        LaneCompiler.Emitted emitted = LaneCompiler.emit(linked(text, kernel), access);
        emitted.load(); // a class that the JVM refuses would be interpreted
        return new String(emitted.bytes(), StandardCharsets.ISO_8859_1).contains("org/warpgrade/gpu/cpu/Rows");
    }

    @Test
    void an_elementwise_kernel_has_rows_but_not_for_the_sanitizers() {
        assertThat(hasRows(SHIFTED, "shifted", LaneAccess.class)).isTrue();
        assertThat(hasRows(SHIFTED, "shifted", WatchedAccess.class)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 1000})
    void blocks_that_are_full_and_those_that_are_not(int n) {
        DeviceBuffer y = floats("y", Access.INOUT, n);
        Object said = agreed(SHIFTED, y, pointer(floats("x", Access.IN, n + 3)), pointer(y), i32(n), i32(3));
        assertThat(said).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(n);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, -1, 64, -64, 1 << 20, -(1 << 20), 1 << 29, -(1 << 29), Integer.MAX_VALUE - 20, Integer.MIN_VALUE
            })
    void the_first_thread_out_of_bounds_is_the_one_that_is_told(int shift) {
        DeviceBuffer y = floats("y", Access.INOUT, 200);
        Object said = agreed(SHIFTED, y, pointer(floats("x", Access.IN, 200)), pointer(y), i32(200), i32(shift));
        assertThat(said).isInstanceOf(Finding.class);
        Finding fault = (Finding) said;
        assertThat(fault.kind()).isEqualTo(FindingKind.OUT_OF_BOUNDS);
        assertThat(requireNonNull(fault.at()).line()).isEqualTo(3);
    }

    /** Without the look at wrapping around, the address would go on beyond where the index jumps back by 2^32. */
    @ParameterizedTest
    @CsvSource({
        "0x7FFFFFF0, int, true",
        "0x7FFFFFC0, int, false",
        "0xFFFFFFF0, unsigned, true",
        "0xFFFFFF00, unsigned, false",
        "0xFFFFFFF0, int, false"
    })
    void an_index_that_wraps_around_is_not_taken_to_go_on(String start, String type, boolean wraps) {
        String text = """
                __global__ void wrapping(const float* x, float* y, TYPE start) {
                    TYPE i = (TYPE)((unsigned)start + threadIdx.x);
                    y[threadIdx.x] = x[(long long)i - (long long)start];
                }
                extern "C" void solve(const float* x, float* y, TYPE start) { wrapping<<<1, 64>>>(x, y, start); }
                """.replace("TYPE", type);
        DeviceBuffer y = floats("y", Access.INOUT, 64);
        Object said = agreed(text, y, pointer(floats("x", Access.IN, 64)), pointer(y), i32((int)
                Long.decode(start).longValue()));
        assertThat(said instanceof Finding).isEqualTo(wraps);
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "64, 4", "8, 1", "48, 3", "256, 1"})
    void blocks_with_rows_of_any_length(int width, int height) {
        String text = """
                __global__ void plane(const float* x, float* y, int width) {
                    int column = threadIdx.x, row = threadIdx.y;
                    y[row * width + column] = x[row * width + width - 1 - column] + x[row];
                }
                __global__ void warps(const float* x, float* y, int width) {
                    int i = threadIdx.y * blockDim.x + threadIdx.x;
                    float mine = x[i];
                    y[i] += mine - __shfl_xor_sync(__activemask(), mine, 1);
                }
                extern "C" void solve(const float* x, float* y, int width, int height) {
                    plane<<<1, dim3(width, height)>>>(x, y, width);
                    warps<<<1, dim3(width, height)>>>(x, y, width);
                }
                """;
        int n = width * height;
        DeviceBuffer y = floats("y", Access.INOUT, n);
        Object said = agreed(text, y, pointer(floats("x", Access.IN, n)), pointer(y), i32(width), i32(height));
        assertThat(said).isInstanceOf(List.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 1, 2})
    void vectors_are_aligned_as_a_whole(int shift) {
        String text = """
                __global__ void vectors(const float* x, float* y, int shift) {
                    float4 v = ((const float4*)(x + shift))[threadIdx.x];
                    ((float2*)y)[2 * threadIdx.x] = make_float2(v.x, v.w);
                    ((float2*)y)[2 * threadIdx.x + 1] = make_float2(v.y, v.z);
                }
                extern "C" void solve(const float* x, float* y, int shift) { vectors<<<1, 32>>>(x, y, shift); }
                """;
        DeviceBuffer y = floats("y", Access.INOUT, 128);
        Object said = agreed(text, y, pointer(floats("x", Access.IN, 132)), pointer(y), i32(shift));
        assertThat(said instanceof Finding fault && fault.kind() == FindingKind.MISALIGNED)
                .isEqualTo(shift % 4 != 0);
    }

    @Test
    void elements_of_all_sizes() {
        String text = """
                __global__ void sizes(const float* x, float* y) {
                    int i = threadIdx.x;
                    const signed char* chars = (const signed char*)x;
                    const unsigned short* shorts = (const unsigned short*)x;
                    const long long* longs = (const long long*)x;
                    const double* doubles = (const double*)x;
                    y[i] = chars[i] + shorts[i] + (float)longs[i] + (float)doubles[i];
                    ((unsigned char*)(y + 64))[i] = i;
                    ((short*)(y + 80))[i] = -i;
                    ((double*)(y + 112))[i] = i / 3.0;
                }
                extern "C" void solve(const float* x, float* y) { sizes<<<1, 64>>>(x, y); }
                """;
        DeviceBuffer y = floats("y", Access.INOUT, 240);
        assertThat(agreed(text, y, pointer(floats("x", Access.IN, 128)), pointer(y)))
                .isInstanceOf(List.class);
        assertThat(hasRows(text, "sizes", LaneAccess.class)).isTrue();
    }

    @Nested
    class The_test_before_the_lanes {

        private final byte[] data = new byte[100];

        private int origin(long first, int step, int from, int to) {
            return Rows.origin(data, 1000, 1000 + first, step, from, to, 0, 4, 4);
        }

        @Test
        void gives_the_offset_of_lane_0_although_that_may_not_be_at_work() {
            assertThat(origin(0, 4, 0, 25)).isZero();
            assertThat(origin(8, 4, 2, 25)).isZero();
            assertThat(origin(0, 4, 3, 10)).isEqualTo(-12);
            assertThat(origin(96, -4, 0, 25)).isEqualTo(96);
        }

        @Test
        void refuses_what_leaves_the_bytes_or_is_misaligned() {
            assertThat(new int[] {
                        origin(4, 4, 0, 25),
                        origin(-4, 4, 0, 10),
                        origin(96, -4, 0, 26),
                        origin(2, 4, 0, 10),
                        origin(1L << 32, 4, 0, 10),
                        origin(Long.MIN_VALUE, 4, 0, 10),
                        origin(Long.MAX_VALUE - 2000, 4, 0, 10)
                    })
                    .containsOnly(Rows.NONE);
        }

        @Test
        void looks_at_all_bytes_that_are_accessed_from_an_address() {
            assertThat(Rows.origin(data, 0, 8, 16, 0, 6, -8, 8, 8)).isEqualTo(8);
            assertThat(Rows.origin(data, 0, 8, 16, 0, 6, -16, 8, 8)).isEqualTo(Rows.NONE);
            assertThat(Rows.origin(data, 0, 8, 16, 0, 6, -8, 16, 8)).isEqualTo(Rows.NONE);
        }

        @Test
        void widens_an_index_only_if_no_lane_wraps_around() {
            assertThat(Rows.fits(0, 1, 0, 1024)).isTrue();
            assertThat(Rows.fits(Integer.MAX_VALUE - 31, 1, 0, 32)).isTrue();
            assertThat(Rows.fits(Integer.MAX_VALUE - 31, 1, 0, 33)).isFalse();
            assertThat(Rows.fits(31, -1, 32, 64)).isTrue();
            assertThat(Rows.fits(31, -1, 32, 65)).isFalse();
            assertThat(Rows.fits(-1, 1, 0, 32)).isFalse();
        }
    }

    /** What is the same in a row may be computed in any way, also by way of doubles, which take two locals each. */
    @Test
    void rows_that_are_found_by_doubles() {
        String text = """
                __global__ void halves(const float* x, float* y, double a, double b) {
                    int row = (int)(threadIdx.y * a + b), other = (int)(threadIdx.y * b + a);
                    float mine = x[row * 32 + threadIdx.x] + x[other * 32 + threadIdx.x];
                    y[threadIdx.y * 32 + threadIdx.x] = mine + __shfl_xor_sync(0xffffffff, mine, 3);
                }
                extern "C" void solve(const float* x, float* y) { halves<<<1, dim3(32, 4)>>>(x, y, 0.5, 1.5); }
                """;
        DeviceBuffer y = floats("y", Access.INOUT, 128);
        assertThat(agreed(text, y, pointer(floats("x", Access.IN, 32 * 8)), pointer(y)))
                .isInstanceOf(List.class);
        assertThat(hasRows(text, "halves", LaneAccess.class)).isTrue();
    }

    @Test
    void linear_registers_know_their_step() {
        RegionPlan plan = new RegionPlan(linked(SHIFTED, "shifted"), 6000, false);
        int registers = plan.function().registers().size();
        long[] steps = IntStream.range(0, registers)
                .filter(register -> plan.linear().isLinear(register))
                .mapToLong(plan.linear()::step)
                .toArray();
        // the index, the shifted index, their offsets in bytes, and both addresses; the rest is the same in all threads
        assertThat(Arrays.stream(steps).filter(step -> step == 1).count()).isGreaterThanOrEqualTo(2);
        assertThat(Arrays.stream(steps).filter(step -> step == 4).count()).isGreaterThanOrEqualTo(4);
    }
}
