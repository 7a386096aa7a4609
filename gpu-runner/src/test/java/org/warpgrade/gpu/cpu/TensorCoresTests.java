package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.SourceLocation;

/** Tensor-core kernels, compiled by the real NVRTC and run on both executors. */
class TensorCoresTests {

    private static RunOutcome outcome(Executor executor, String file, String entry, Argument... arguments) {
        return Kernels.run(executor, file, Call.of(entry, arguments));
    }

    private static Buffers run(Executor executor, String file, String entry, Argument... arguments) {
        RunOutcome outcome = outcome(executor, file, entry, arguments);
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        assertThat(outcome.trace().findings()).isEmpty();
        return ((RunOutcome.Completed) outcome).buffers();
    }

    /** Small integers without a pattern that a swap of rows, columns or elements would survive; 0 to 4 for bytes. */
    private static int[] integers(int count, int seed) {
        int[] values = new int[count];
        int state = seed;
        for (int i = 0; i < count; i++) {
            state = state * 1103515245 + 12345;
            values[i] = (state >>> 16) % 5;
        }
        return values;
    }

    private static int[] product(int[] a, int[] b, int m, int n, int k, int c) {
        int[] product = new int[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                product[i * n + j] = c;
                for (int q = 0; q < k; q++) {
                    product[i * n + j] += a[i * k + q] * b[q * n + j];
                }
            }
        }
        return product;
    }

    private static byte[] halves(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        return bytes.array();
    }

    private static void multipliesLargeMatrices(Executor executor, String file) {
        int m = 32;
        int n = 64;
        int k = 48;
        int[] a = integers(m * k, 1);
        int[] b = integers(k * n, 2);
        DeviceBuffer c = DeviceBuffer.output("c", ElementType.F32, m, n);
        Buffers buffers = run(
                executor,
                file,
                "product",
                pointer(DeviceBuffer.of("a", ElementType.F16, IN, halves(a), m, k)),
                pointer(DeviceBuffer.of("b", ElementType.F16, IN, halves(b), k, n)),
                pointer(c),
                i32(m),
                i32(n),
                i32(k));
        float[] actual = buffers.floats(c);
        int[] expected = product(a, b, m, n, k, 0);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d", i).isEqualTo(expected[i]);
        }
    }

    @Nested
    class Through_nvcuda_wmma {

        @ParameterizedTest
        @EnumSource
        void a_product_of_large_matrices_in_global_memory(Executor executor) {
            multipliesLargeMatrices(executor, "wmma.cu");
        }

        @ParameterizedTest
        @EnumSource
        void every_shape_type_and_layout(Executor executor) {
            int[] a = integers(512, 3);
            int[] b = integers(512, 4);
            DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, 30 * 256 + 2 * 256 + 2 * 64);
            int[] actual = run(
                            executor,
                            "wmma.cu",
                            "tiles",
                            pointer(DeviceBuffer.ints("a", IN, a)),
                            pointer(DeviceBuffer.ints("b", IN, b)),
                            pointer(out))
                    .ints(out);
            int at = 0;
            int[][] shapes = {{16, 16, 16, 10}, {32, 8, 16, 10}, {8, 32, 16, 10}, {16, 16, 8, 2}, {8, 8, 4, 2}};
            for (int[] shape : shapes) {
                int[] expected = product(a, b, shape[0], shape[1], shape[2], 3);
                for (int form = 0; form < shape[3]; form++) {
                    assertThat(Arrays.copyOfRange(actual, at, at + expected.length))
                            .as("form %d of %s", form, Arrays.toString(shape))
                            .isEqualTo(expected);
                    at += expected.length;
                }
            }
            assertThat(at).isEqualTo(actual.length);
        }

        @ParameterizedTest
        @EnumSource
        void integers_are_clamped_or_wrap(Executor executor) {
            DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, 2);

            assertThat(run(executor, "wmma.cu", "saturation", pointer(out)).ints(out))
                    .containsExactly(Integer.MAX_VALUE, Integer.MAX_VALUE + 127 * 127 * 16);
        }

        @ParameterizedTest
        @EnumSource
        void a_float_becomes_the_nearest_tf32(Executor executor) {
            DeviceBuffer out = DeviceBuffer.output("out", ElementType.F32, 1);

            assertThat(run(executor, "wmma.cu", "rounding", pointer(out)).floats(out))
                    .containsExactly(1 + 1 / 1024f);
        }

        @ParameterizedTest
        @CsvSource({
            "LANE_LOOPS, 16, 8, OUT_OF_BOUNDS",
            "WARP_INTERPRETER, 16, 8, OUT_OF_BOUNDS",
            "LANE_LOOPS, 12, 0, MISALIGNED",
            "WARP_INTERPRETER, 12, 0, MISALIGNED"
        })
        void a_bad_address_is_a_fault_of_line_and_lane(Executor executor, int stride, int shift, FindingKind kind) {
            RunOutcome outcome = outcome(
                    executor,
                    "wmma.cu",
                    "faulty",
                    pointer(DeviceBuffer.of("a", ElementType.F16, IN, new byte[512], 256)),
                    pointer(DeviceBuffer.output("b", ElementType.F16, 256)),
                    i32(stride),
                    i32(shift));

            assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Faulted.class, faulted -> {
                Finding fault = faulted.fault();
                assertThat(fault.kind()).isEqualTo(kind);
                assertThat(fault.at())
                        .isNotNull()
                        .extracting(SourceLocation::line)
                        .isEqualTo(103);
                assertThat(fault.thread()).isEqualTo(new Dim3(kind == FindingKind.MISALIGNED ? 1 : 15, 0, 0));
                assertThat(fault.message())
                        .isEqualTo(
                                kind == FindingKind.MISALIGNED
                                        ? "reads 16 bytes at a + 24 bytes, which is not a multiple of 16"
                                        : "reads 2 bytes 0 bytes past the end of a (512 bytes)");
            });
        }
    }

    @Nested
    class By_mma_sync {

        @ParameterizedTest
        @EnumSource
        void a_product_with_fragments_by_ldmatrix(Executor executor) {
            multipliesLargeMatrices(executor, "mma_sync.cu");
        }

        @ParameterizedTest
        @EnumSource
        void every_form_with_fragments_by_the_formulas_of_the_isa(Executor executor) {
            int[] a = integers(512, 5);
            Arrays.setAll(a, i -> a[i] - 2);
            int[] b = integers(256, 6);
            DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, 9 * 128 + 64);
            int[] actual = run(
                            executor,
                            "mma_sync.cu",
                            "forms",
                            pointer(DeviceBuffer.ints("a", IN, a)),
                            pointer(DeviceBuffer.ints("b", IN, b)),
                            pointer(out))
                    .ints(out);
            int[] depths = {16, 8, 16, 8, 8, 4, 16, 32, 16};
            for (int form = 0; form < depths.length; form++) {
                assertThat(Arrays.copyOfRange(actual, form * 128, form * 128 + 128))
                        .as("form %d", form)
                        .isEqualTo(product(a, b, 16, 8, depths[form], 3));
            }
            assertThat(Arrays.copyOfRange(actual, 9 * 128, 9 * 128 + 64)).isEqualTo(product(a, b, 8, 8, 4, 3));
        }

        @ParameterizedTest
        @EnumSource
        void half_a_warp_is_not_enough(Executor executor) {
            assertThat(outcome(executor, "mma_sync.cu", "half_a_warp").trace().findings())
                    .extracting(Finding::kind, Finding::message)
                    .containsExactly(org.assertj.core.api.Assertions.tuple(
                            FindingKind.INVALID_MASK,
                            "a matrix instruction needs all 32 lanes of the warp, but only 16 take part: its result is"
                                    + " undefined"));
        }

        @ParameterizedTest
        @EnumSource
        void rows_for_ldmatrix_start_at_multiples_of_16_bytes(Executor executor) {
            assertThat(outcome(executor, "mma_sync.cu", "odd_rows"))
                    .isInstanceOfSatisfying(RunOutcome.Faulted.class, faulted -> {
                        assertThat(faulted.fault().thread()).isEqualTo(new Dim3(1, 0, 0));
                        assertThat(faulted.fault().message())
                                .isEqualTo(
                                        "reads 16 bytes at offset 18 of shared memory, which is not a multiple of 16");
                    });
        }

        @ParameterizedTest
        @EnumSource
        void inline_assembly_with_too_few_registers_is_refused(Executor executor) {
            String text = """
                    __global__ void k(float* out) {
                        float d[4];
                        asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4}, {%4}, {%5, %5, %5, %5};"
                            : "=f"(d[0]), "=f"(d[1]), "=f"(d[2]), "=f"(d[3]) : "r"(0), "f"(0.0f));
                        out[0] = d[0];
                    }
                    extern "C" void solve(float* out) { k<<<1, 32>>>(out); }
                    """;
            RunOutcome outcome = Kernels.runText(
                    executor,
                    text,
                    Call.of("solve", pointer(DeviceBuffer.output("out", ElementType.F32, 1))),
                    RunSettings.defaults());

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            RunOutcome.Faulted.class,
                            faulted -> assertThat(faulted.fault().message())
                                    .isEqualTo(
                                            "the program with its inline PTX (asm) cannot be run: the operands of mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 do not have"
                                                    + " the number of registers that its shape asks for"));
        }
    }
}
