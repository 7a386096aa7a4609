package org.warpgrade.gpu.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunOutcome.Completed;
import org.warpgrade.gpu.RunOutcome.DeviceLost;
import org.warpgrade.gpu.RunOutcome.Faulted;
import org.warpgrade.gpu.RunOutcome.TimedOut;
import org.warpgrade.gpu.RunOutcome.Unsupported;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.timing.Repetition;

/** The device over a driver without a GPU: what it asks of the driver, and what it makes of the answers. */
class CudaDeviceTests {

    private static final Map<String, Program> PROGRAMS = new ConcurrentHashMap<>();

    private final StringBuilder kernelOutput = new StringBuilder();
    private final SoftGpu gpu = new SoftGpu(kernelOutput::append);
    private final CudaDevice device = CudaDevice.open(gpu, 0, HostOutput.intoTrace());

    static Program compile(String text) {
        return PROGRAMS.computeIfAbsent(text, t -> {
            try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
                return (Program) compiler.compile(CompileRequest.of(new CudaSource("test.cu", t)));
            }
        });
    }

    private static RunSettings quick() {
        return RunSettings.defaults().withLimits(RunLimits.defaults().withDeadline(Duration.ofMillis(400)));
    }

    private RunOutcome run(String text, Argument... arguments) {
        return device.run(compile(text), Call.of("solve", arguments), quick());
    }

    private static Finding only(RunOutcome outcome) {
        List<Finding> findings = outcome.trace().findings();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static DeviceBuffer floats(float... values) {
        return DeviceBuffer.floats("p", Access.INOUT, values);
    }

    @Nested
    class Running {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "benign-flag",
                    "double-buffer",
                    "flag-with-fences",
                    "histogram",
                    "last-block-with-fence",
                    "lock",
                    "tree-with-barriers",
                    "warp-synchronous"
                })
        void programs_leave_the_bits_that_the_cpu_device_leaves(String file) throws IOException {
            float[] floats = new float[64];
            int[] ints = new int[64];
            for (int i = 0; i < 64; i++) {
                floats[i] = (float) Math.sin(i);
                ints[i] = i * 5 % 23;
            }
            DeviceBuffer data = DeviceBuffer.floats("data", Access.INOUT, floats);
            DeviceBuffer whole = DeviceBuffer.ints("ints", Access.INOUT, ints);
            Call call = Call.of("solve", pointer(data), pointer(whole), i32(64));
            Program program = compile(resource("/clean/" + file + ".cu"));
            RunOutcome here = device.run(program, call, RunSettings.defaults());
            try (CpuDevice cpu = new CpuDevice()) {
                Completed there = (Completed) cpu.run(program, call, RunSettings.defaults());
                assertThat(here).isInstanceOfSatisfying(Completed.class, completed -> {
                    assertThat(completed.buffers().floats(data))
                            .isEqualTo(there.buffers().floats(data));
                    assertThat(completed.buffers().ints(whole))
                            .isEqualTo(there.buffers().ints(whole));
                    assertThat(completed.trace().launches().stream().map(LaunchRecord::displayName))
                            .containsExactlyElementsOf(there.trace().launches().stream()
                                    .map(LaunchRecord::displayName)
                                    .toList());
                    assertThat(completed.trace().scratchBytes())
                            .isEqualTo(there.trace().scratchBytes());
                });
            }
        }

        @Test
        void variables_of_the_module_have_the_addresses_of_the_gpu() {
            RunOutcome outcome = run("""
                    __constant__ float factor[2];
                    __device__ float offset = 100;
                    static const float table[3] = {10, 20, 30};
                    __global__ void k(float* p, const float* through) { p[threadIdx.x] = p[threadIdx.x] * factor[1] + *through; }
                    extern "C" void solve(float* p) {
                        float own[2] = {5, 3};
                        cudaMemcpyToSymbol(factor, own, sizeof own);
                        float* address;
                        cudaGetSymbolAddress((void**)&address, offset);
                        k<<<1, 2>>>(p, address);
                        float back;
                        cudaMemcpyFromSymbol(&back, offset, sizeof back);
                        printf("table %g, offset %g\\n", table[2], back);
                    }
                    """, pointer(floats(1, 2)));
            assertThat(outcome.trace().findings()).isEmpty();
            assertThat(outcome.trace().printed()).isEqualTo("table 30, offset 100\n");
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Completed.class,
                            completed ->
                                    assertThat(completed.trace().launches()).hasSize(1));
        }

        @Test
        void values_are_right_and_module_variables_start_anew_in_each_run() {
            String text = """
                    __device__ int runs;
                    __global__ void k(int* p) { p[0] = ++runs; }
                    extern "C" void solve(int* p) { k<<<1, 1>>>(p); k<<<1, 1>>>(p); }
                    """;
            DeviceBuffer p = DeviceBuffer.ints("p", Access.INOUT, new int[1]);
            for (int i = 0; i < 2; i++) {
                assertThat(run(text, pointer(p)))
                        .isInstanceOfSatisfying(
                                Completed.class,
                                completed ->
                                        assertThat(completed.buffers().ints(p)).containsExactly(2));
            }
        }

        @Test
        void kernels_print_to_the_processs_output_and_host_code_to_the_trace() {
            RunOutcome outcome = run("""
                    __global__ void k(int n) { printf("kernel %d\\n", n); }
                    extern "C" void solve(int n) { printf("host\\n"); k<<<1, 1>>>(n); }
                    """, i32(7));
            assertThat(outcome.trace().printed()).isEqualTo("host\n");
            assertThat(kernelOutput).hasToString("kernel 7\n");
        }

        @Test
        void outputs_and_scratch_start_poisoned_and_nothing_of_the_last_run_is_left() {
            String text = """
                    __global__ void k(unsigned* scratch, unsigned* out) { out[0] = scratch[5]; scratch[5] = 1; }
                    extern "C" void solve(unsigned* out) {
                        unsigned* scratch;
                        cudaMalloc(&scratch, 64);
                        k<<<1, 1>>>(scratch, out);
                        cudaFree(scratch);
                    }
                    """;
            DeviceBuffer out = DeviceBuffer.output("out", ElementType.U32, 2);
            for (Poison poison : Poison.values()) {
                RunOutcome outcome =
                        device.run(compile(text), Call.of("solve", pointer(out)), quick().withPoison(poison));
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Completed.class,
                                completed -> assertThat(completed.buffers().ints(out))
                                        .containsExactly(poison.word(), poison.word()));
            }
        }

        @Test
        void more_than_48_KiB_of_shared_memory_are_asked_for() {
            RunOutcome outcome = run(BIG_SHARED, i32(100_000));
            assertThat(outcome).isInstanceOf(Completed.class);
            assertThat(gpu.calls).contains("maxDynamicShared");
        }

        @Test
        void a_kernel_can_be_called_directly() {
            DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, 130);
            RunOutcome outcome = device.run(
                    compile("extern \"C\" __global__ void direct(int* out, int n) { int i = blockIdx.x * blockDim.x +"
                            + " threadIdx.x; if (i < n) out[i] = i; }"),
                    Call.of("direct", pointer(out), i32(130)),
                    quick());
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Completed.class,
                            completed -> assertThat(completed.buffers().ints(out)[129])
                                    .isEqualTo(129));
        }

        @Test
        void an_entry_that_is_not_there_is_told() {
            assertThat(run("__global__ void k() {}"))
                    .isInstanceOfSatisfying(
                            RunOutcome.NoSuchEntry.class,
                            missing ->
                                    assertThat(missing.message()).isEqualTo("the program defines no function solve"));
        }
    }

    private static final String BIG_SHARED = """
            __global__ void k() { extern __shared__ char s[]; s[99999] = 1; }
            extern "C" void solve(int bytes) {
                cudaFuncSetAttribute(k, cudaFuncAttributeMaxDynamicSharedMemorySize, bytes);
                k<<<1, 1, bytes>>>();
            }
            """;

    @Nested
    class StudentsFaults {

        @Test
        void a_write_past_the_end_shows_in_the_guard_zone() {
            RunOutcome outcome = run("""
                    __global__ void k(float* p, int n) { p[n] = 1; }
                    extern "C" void solve(float* p, int n) { k<<<1, 1>>>(p, n); }
                    """, pointer(floats(1, 2, 3)), i32(3));
            assertThat(outcome).isInstanceOf(Faulted.class);
            assertThat(only(outcome).kind()).isEqualTo(FindingKind.OUT_OF_BOUNDS);
            assertThat(only(outcome).kernel()).isEqualTo("k");
            assertThat(only(outcome).message())
                    .isEqualTo(
                            "writes 0 bytes past the end of p (12 bytes); run with --device cpu: it names the line and the"
                                    + " thread");
        }

        @Test
        void a_write_before_the_start_too() {
            RunOutcome outcome = run("""
                    __global__ void k(float* p) { p[-2] = 1; }
                    extern "C" void solve(float* p) { k<<<1, 1>>>(p); }
                    """, pointer(floats(1)));
            assertThat(only(outcome).message()).startsWith("writes 5 bytes before the start of p (4 bytes);");
        }

        @Test
        void a_write_after_the_free_shows_in_the_poison() {
            RunOutcome outcome = run("""
                    __global__ void k(float* p) { p[3] = 1; }
                    extern "C" void solve() { float* p; cudaMalloc(&p, 64); cudaFree(p); k<<<1, 1>>>(p); }
                    """);
            assertThat(outcome).isInstanceOf(Faulted.class);
            assertThat(only(outcome).kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
            assertThat(only(outcome).message()).startsWith("writes at offset 12 of cudaMalloc #1 after it was freed;");
        }

        @Test
        void a_wild_pointer_ends_the_context_and_names_kernel_and_launch() {
            RunOutcome outcome = run("""
                    __global__ void k(float* p) { p[1 << 30] = 1; }
                    extern "C" void solve(float* p) {
                        k<<<1, 1>>>(p);
                    }
                    """, pointer(floats(1)));
            assertThat(outcome).isInstanceOfSatisfying(Faulted.class, faulted -> {
                Finding fault = faulted.fault();
                assertThat(fault.kind()).isEqualTo(FindingKind.OUT_OF_BOUNDS);
                assertThat(String.valueOf(fault.at())).isEqualTo("test.cu:3");
                assertThat(fault.message())
                        .isEqualTo(
                                "the kernel reads or writes an address where no memory is; run with --device cpu: it names"
                                        + " the line and the thread");
            });
            assertThat(device.isLost()).isTrue();
            assertThat(run("extern \"C\" void solve() {}"))
                    .isInstanceOfSatisfying(
                            DeviceLost.class,
                            lost -> assertThat(lost.message())
                                    .isEqualTo("the GPU's context ended with an earlier run"));
        }

        @Test
        void a_failed_assertion_is_one() {
            RunOutcome outcome = run("""
                    #include <cassert>
                    __global__ void k(int n) { assert(n > 3); }
                    extern "C" void solve(int n) { k<<<1, 1>>>(n); }
                    """, i32(1));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Faulted.class, f -> assertThat(f.fault().kind()).isEqualTo(FindingKind.ASSERTION));
        }

        @Test
        void an_endless_kernel_times_out_and_is_not_waited_for() {
            RunOutcome outcome = run("""
                    __global__ void k(volatile int* p) { while (p[0] == 0) {} }
                    extern "C" void solve(int* p) { k<<<1, 1>>>(p); }
                    """, pointer(DeviceBuffer.ints("p", Access.INOUT, new int[1])));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            TimedOut.class,
                            late -> assertThat(late.where().message())
                                    .isEqualTo(
                                            "the kernel was still running after 0.4 s: is a loop endless, or do threads wait for one"
                                                    + " another?"));
            assertThat(gpu.calls).doesNotContain("unloadModule");
            assertThat(device.isLost()).isTrue();
        }

        @Test
        void an_endless_entry_times_out_and_the_gpu_is_still_good() {
            RunOutcome outcome = run("extern \"C\" void solve(volatile int n) { while (n == 1) {} }", i32(1));
            assertThat(outcome).isInstanceOf(TimedOut.class);
            assertThat(device.isLost()).isFalse();
        }

        @Test
        void host_code_that_dereferences_device_memory_is_told_as_on_the_cpu_device() {
            String text = "extern \"C\" void solve(float* p) {\n    p[1] = 2;\n}";
            RunOutcome here = run(text, pointer(floats(1, 2)));
            try (CpuDevice cpu = new CpuDevice()) {
                RunOutcome there = cpu.run(compile(text), Call.of("solve", pointer(floats(1, 2))), quick());
                assertThat(here).isInstanceOf(Faulted.class);
                assertThat(only(here)).isEqualTo(only(there));
            }
        }

        @Test
        void a_changed_input_is_found() {
            RunOutcome outcome = run("""
                    __global__ void k(float* p) { p[1] = 9; }
                    extern "C" void solve(float* p) { k<<<1, 1>>>(p); }
                    """, pointer(DeviceBuffer.floats("x", Access.IN, new float[] {1, 2})));
            assertThat(only(outcome).kind()).isEqualTo(FindingKind.WRITE_TO_READ_ONLY);
            assertThat(only(outcome).message()).isEqualTo("writes to the input x, which must stay as it is");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "copy-in-the-wrong-direction",
                    "double-free",
                    "free-of-an-argument",
                    "host-reads-device",
                    "host-writes-device",
                    "launch-against-bounds",
                    "launch-empty-grid",
                    "launch-too-many-threads",
                    "launch-too-much-shared",
                    "memset-of-host-memory"
                })
        void mistakes_of_host_code_are_told_as_on_the_cpu_device(String file) throws IOException {
            Program program = compile(resource("/faulty/" + file + ".cu"));
            Call call = Call.of(
                    "solve",
                    pointer(DeviceBuffer.floats("data", Access.INOUT, new float[64])),
                    pointer(DeviceBuffer.ints("ints", Access.INOUT, new int[64])),
                    i32(64));
            RunOutcome here = device.run(program, call, RunSettings.defaults());
            try (CpuDevice cpu = new CpuDevice()) {
                RunOutcome there = cpu.run(program, call, RunSettings.defaults());
                assertThat(here.getClass()).isEqualTo(there.getClass());
                assertThat(here.trace().findings()).isEqualTo(there.trace().findings());
            }
        }
    }

    @Nested
    class OurFaults {

        @Test
        void a_gpu_that_is_too_small_is_not_the_students_fault() {
            gpu.sharedLimit = 99 << 10;
            assertThat(run(BIG_SHARED, i32(120_000)))
                    .isInstanceOfSatisfying(
                            Unsupported.class,
                            unsupported -> assertThat(unsupported.message())
                                    .isEqualTo("this GPU has no 120000 bytes of shared memory for a block of k"));
        }

        @Test
        void neither_is_a_driver_that_does_not_take_the_program() {
            gpu.fail("loadModule", 218);
            assertThat(run("extern \"C\" void solve() {}"))
                    .isInstanceOfSatisfying(
                            Unsupported.class,
                            unsupported -> assertThat(unsupported.message())
                                    .isEqualTo(
                                            "the GPU's driver does not take the compiled program: CUDA_ERROR_INVALID_PTX (218), ptxas"
                                                    + " fatal : no"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"allocate", "toDevice", "fromDevice", "launch", "makeCurrent", "query"})
        void nor_a_gpu_that_fails(String call) {
            gpu.fail(call, 999);
            RunOutcome outcome = run(
                    "__global__ void k(float* p) {} extern \"C\" void solve(float* p) { k<<<1, 1>>>(p); }",
                    pointer(floats(1)));
            assertThat(outcome).isInstanceOf(DeviceLost.class);
            assertThat(device.isLost()).isTrue();
        }

        @Test
        void too_little_memory_on_the_gpu_is_named() {
            gpu.fail("allocate", 2);
            assertThat(run("extern \"C\" void solve(float* p) {}", pointer(floats(1))))
                    .isInstanceOfSatisfying(
                            DeviceLost.class,
                            lost -> assertThat(lost.message())
                                    .isEqualTo(
                                            "the CUDA driver could not allocate 67108864 bytes: CUDA_ERROR_OUT_OF_MEMORY (2)"));
        }

        @Test
        void without_a_gpu_there_is_one_sentence() {
            SoftGpu none = new SoftGpu();
            none.devices = 0;
            assertThatThrownBy(() -> CudaDevice.open(none, 0, HostOutput.intoTrace()))
                    .isInstanceOf(GpuUnavailableException.class)
                    .hasMessage("there is no GPU 0; the CUDA driver sees 0.");
            SoftGpu old = new SoftGpu();
            old.computeCapability = 7;
            assertThatThrownBy(() -> CudaDevice.open(old, 0, HostOutput.intoTrace()))
                    .hasMessage("the Soft GPU has compute capability 7.0; WarpGrade's programs need 8.0.");
            SoftGpu broken = new SoftGpu();
            broken.fail("init", 999);
            assertThatThrownBy(() -> CudaDevice.open(broken, 0, HostOutput.intoTrace()))
                    .hasMessage("the CUDA driver does not start: CUDA_ERROR_UNKNOWN (999).");
        }
    }

    private Repetition time(String text, Call call) {
        return device.time(compile(text), call, call, quick());
    }

    @Nested
    class Timing {

        @Test
        void what_is_timed_has_other_inputs_than_the_rehearsal_and_their_outputs_come_back() {
            String text = """
                    struct Vectors { const float* x; float* y; };
                    __global__ void k(const float* x, float* y) { y[threadIdx.x] += 2 * x[threadIdx.x]; }
                    extern "C" void solve(const Vectors* v) { k<<<1, 2>>>(v->x, v->y); }
                    """;
            DeviceBuffer x = DeviceBuffer.floats("x", Access.IN, new float[] {100, 200});
            DeviceBuffer y = floats(7, 7);
            DeviceBuffer otherX = DeviceBuffer.floats("x", Access.IN, new float[] {1, 2});
            DeviceBuffer otherY = floats(10, 20);
            Repetition repetition = device.time(compile(text), vectors(x, y), vectors(otherX, otherY), quick());
            assertThat(repetition).isInstanceOfSatisfying(Repetition.Timed.class, timed -> {
                assertThat(timed.outputs().buffers().floats(otherY)).containsExactly(12, 24);
                assertThat(timed.trace().findings()).isEmpty();
            });
        }

        private static Call vectors(DeviceBuffer x, DeviceBuffer y) {
            return Call.of("solve", new Argument.HostPointer(Argument.struct(pointer(x), pointer(y))));
        }

        @Test
        void results_that_a_program_keeps_from_the_rehearsal_are_wrong() {
            String text = """
                    __global__ void k(const float* x, float* y, float* kept) {
                        if (kept[1] != 42.0f) { kept[0] = x[0]; kept[1] = 42.0f; }
                        y[0] = kept[0];
                    }
                    extern "C" void solve(const float* x, float* y, float* kept) { k<<<1, 1>>>(x, y, kept); }
                    """;
            DeviceBuffer y = DeviceBuffer.output("y", org.warpgrade.gpu.ElementType.F32, 1);
            DeviceBuffer kept = floats(0, 0);
            DeviceBuffer x = DeviceBuffer.floats("x", Access.IN, new float[] {5});
            Call rehearsal = Call.of(
                    "solve",
                    pointer(DeviceBuffer.floats("x", Access.IN, new float[] {100})),
                    pointer(DeviceBuffer.output("y", org.warpgrade.gpu.ElementType.F32, 1)),
                    pointer(floats(0, 0)));
            Call timed = Call.of("solve", pointer(x), pointer(y), pointer(kept));
            assertThat(device.time(compile(text), rehearsal, timed, quick()))
                    .isInstanceOfSatisfying(
                            Repetition.Timed.class,
                            t -> assertThat(t.outputs().buffers().floats(y)).containsExactly(5));
        }

        @Test
        void the_checksum_tells_outputs_apart_and_leaves_inputs_out() {
            String text = "extern \"C\" void solve(float* p, const float* q) {}";
            DeviceBuffer q = DeviceBuffer.floats("q", Access.IN, new float[] {1});
            DeviceBuffer otherQ = DeviceBuffer.floats("q", Access.IN, new float[] {2});
            long first = checksum(time(text, Call.of("solve", pointer(floats(1, 2)), pointer(q))));
            assertThat(checksum(time(text, Call.of("solve", pointer(floats(1, 2)), pointer(otherQ)))))
                    .isEqualTo(first);
            assertThat(checksum(time(text, Call.of("solve", pointer(floats(2, 1)), pointer(q)))))
                    .isNotEqualTo(first);
        }

        private static long checksum(Repetition repetition) {
            return ((Repetition.Timed) repetition).outputs().checksum();
        }

        @Test
        void the_timed_part_starts_from_what_the_first_run_started_from() {
            String text = """
                    __device__ int done;
                    __global__ void k(int* p, int* scratch) { if (!done) { p[0] += 5; done = 1; } p[1] = scratch[0]; scratch[0] = 3; }
                    extern "C" void solve(int* p) {
                        int* scratch;
                        cudaMalloc(&scratch, 4);
                        k<<<7, 1>>>(p, scratch);
                        cudaFree(scratch);
                    }
                    """;
            DeviceBuffer p = DeviceBuffer.ints("p", Access.INOUT, new int[] {10, 0});
            Repetition repetition = time(text.replace("<<<7", "<<<1"), Call.of("solve", pointer(p)));
            assertThat(repetition).isInstanceOfSatisfying(Repetition.Timed.class, timed -> {
                assertThat(timed.outputs().buffers().ints(p)).containsExactly(15, Poison.SIGNALLING_NAN.word());
                assertThat(timed.micros()).isEqualTo(1.0, org.assertj.core.data.Offset.offset(1e-3));
                assertThat(timed.trace().findings()).isEmpty();
            });
        }

        @Test
        void the_l2_is_flushed_between_the_restoration_and_the_first_event() {
            time("__global__ void k() {} extern \"C\" void solve() { k<<<1, 1>>>(); }", Call.of("solve"));
            List<String> calls = gpu.calls.stream()
                    .filter(c -> !List.of("query", "synchronize").contains(c))
                    .toList();
            int reset = calls.indexOf("resetPersistingL2");
            assertThat(calls.subList(reset, reset + 6))
                    .containsExactly("resetPersistingL2", "fillWords", "record", "launch", "record", "elapsed");
        }

        @Test
        void an_entry_that_computes_on_the_host_is_not_timed() {
            Repetition repetition = time("""
                    __global__ void k(float* p) { p[0] = 1; }
                    extern "C" void solve(float* p) {
                        float h;
                        k<<<1, 1>>>(p);
                        cudaMemcpy(&h, p, sizeof h, cudaMemcpyDeviceToHost);
                        h *= 2;
                        cudaMemcpy(p, &h, sizeof h, cudaMemcpyHostToDevice);
                    }
                    """, Call.of("solve", pointer(floats(0))));
            assertThat(repetition)
                    .isEqualTo(
                            new Repetition.NotTimable("the entry copies results to the host between its launches; what"
                                    + " the host does cannot be timed fairly"));
        }

        @Test
        void a_program_with_a_fault_has_no_time() {
            Repetition repetition = time(
                    "__global__ void k(float* p) { p[1] = 1; } extern \"C\" void solve(float* p) { k<<<1, 1>>>(p); }",
                    Call.of("solve", pointer(floats(1))));
            assertThat(repetition)
                    .isInstanceOfSatisfying(
                            Repetition.Ended.class,
                            ended -> assertThat(ended.outcome()).isInstanceOf(Faulted.class));
        }
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CudaDeviceTests.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
