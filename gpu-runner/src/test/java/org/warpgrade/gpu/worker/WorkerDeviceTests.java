package org.warpgrade.gpu.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunOutcome.Completed;
import org.warpgrade.gpu.RunOutcome.DeviceLost;
import org.warpgrade.gpu.RunOutcome.Faulted;
import org.warpgrade.gpu.RunOutcome.TimedOut;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.cuda.GpuUnavailableException;
import org.warpgrade.gpu.cuda.SoftWorker;
import org.warpgrade.gpu.timing.Repetition;

/** Worker processes on a driver without a GPU: each way to go wrong gives its verdict, and the next job runs. */
class WorkerDeviceTests {

    private static final Map<String, Program> PROGRAMS = new ConcurrentHashMap<>();

    private static final String DOUBLING = """
            __global__ void twice(float* p, int n) {
                int i = blockIdx.x * blockDim.x + threadIdx.x;
                if (i < n) p[i] *= 2;
                if (i == 0) printf("kernel says %d\\n", n);
            }
            extern "C" void solve(float* p, int n) {
                printf("before\\n");
                twice<<<(n + 31) / 32, 32>>>(p, n);
                printf("after\\n");
            }
            """;

    @TempDir
    Path folder;

    private WorkerDevice open(String how) {
        return open(List.of(new Gpu("GPU-1", "Soft GPU")), how);
    }

    private WorkerDevice open(List<Gpu> gpus, String how) {
        WorkerCommand command = new WorkerCommand(
                SoftWorker.class.getName(),
                List.of(how, folder.resolve("been").toString()),
                "256m",
                folder.resolve("jit").toString(),
                Duration.ofSeconds(how.equals("silent") ? 1 : 60),
                Duration.ofSeconds(how.equals("hang") ? 0 : 60));
        return WorkerDevice.open(command, gpus, folder, new NvidiaSmi(_ -> Optional.empty()), Duration.ZERO);
    }

    private static Program compile(String text) {
        return PROGRAMS.computeIfAbsent(text, t -> {
            try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
                return (Program) compiler.compile(CompileRequest.of(new CudaSource("test.cu", t)));
            }
        });
    }

    private static DeviceBuffer floats(float... values) {
        return DeviceBuffer.floats("p", Access.INOUT, values);
    }

    private static RunSettings quick() {
        return RunSettings.defaults().withLimits(RunLimits.defaults().withDeadline(Duration.ofMillis(500)));
    }

    private static RunOutcome run(WorkerDevice device, String text, Argument... arguments) {
        return device.run(compile(text), Call.of("solve", arguments), quick());
    }

    private static void runsWell(WorkerDevice device) {
        DeviceBuffer p = floats(1, 2, 3);
        assertThat(run(device, DOUBLING, pointer(p), i32(3)))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.buffers().floats(p)).containsExactly(2, 4, 6));
    }

    @Nested
    class WhenAllIsWell {

        @Test
        void the_outcome_is_that_of_the_device_with_what_kernels_and_host_printed_in_order() {
            try (WorkerDevice device = open("well")) {
                assertThat(device.name()).isEqualTo("Soft GPU");
                assertThat(device.driverVersion()).isEqualTo(12060);
                assertThat(device.l2Bytes()).isEqualTo(1 << 20);
                DeviceBuffer p = floats(1, 2, 3);
                DeviceBuffer same = floats(7);
                RunOutcome outcome = run(device, DOUBLING, pointer(p), i32(3));
                assertThat(outcome).isInstanceOf(Completed.class);
                assertThat(outcome.trace().printed()).isEqualTo("before\nkernel says 3\nafter\n");
                assertThat(outcome.trace().launches()).singleElement().satisfies(launch -> {
                    assertThat(launch.displayName()).isEqualTo("twice");
                    assertThat(String.valueOf(launch.at())).isEqualTo("test.cu:8");
                });
                assertThat(run(device, DOUBLING, pointer(same), i32(1)).trace().printed())
                        .isEqualTo("before\nkernel says 1\nafter\n");
            }
        }

        @Test
        void outputs_of_what_was_timed_stay_with_the_worker_until_somebody_asks() {
            try (WorkerDevice device = open("well")) {
                DeviceBuffer p = floats(1, 2, 3);
                DeviceBuffer other = floats(4, 5, 6);
                Call call = Call.of("solve", pointer(p), i32(3));
                Call otherCall = Call.of("solve", pointer(other), i32(3));
                Repetition.Timed first = timed(device, otherCall, call);
                assertThat(first.outputs().buffers().floats(p)).containsExactly(2, 4, 6);
                Repetition.Timed second = timed(device, call, otherCall);
                assertThat(second.outputs().checksum())
                        .isNotEqualTo(first.outputs().checksum());
                assertThat(second.outputs().buffers().floats(other)).containsExactly(8, 10, 12);
                assertThat(timed(device, otherCall, call).outputs().checksum())
                        .isEqualTo(first.outputs().checksum());
                runsWell(device);
            }
        }

        @Test
        void a_new_process_is_sent_the_kept_buffers_again() {
            try (WorkerDevice device = open("well")) {
                DeviceBuffer p = floats(1, 2, 3);
                Call call = Call.of("solve", pointer(p), i32(3));
                long checksum = timed(device, call, call).outputs().checksum();
                device.renew();
                assertThat(timed(device, call, call).outputs().checksum()).isEqualTo(checksum);
            }
        }

        private static Repetition.Timed timed(WorkerDevice device, Call rehearsal, Call call) {
            return (Repetition.Timed) device.time(compile(DOUBLING), rehearsal, call, quick());
        }
    }

    @Nested
    class StudentsFaults {

        @Test
        void a_sticky_error_is_theirs_and_the_next_job_runs() {
            try (WorkerDevice device = open("well")) {
                RunOutcome outcome = run(
                        device,
                        "__global__ void k(float* p) { p[1 << 30] = 1; } extern \"C\" void solve(float* p) { k<<<1, 1>>>(p); }",
                        pointer(floats(1)));
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Faulted.class,
                                faulted -> assertThat(faulted.fault().kind()).isEqualTo(FindingKind.OUT_OF_BOUNDS));
                runsWell(device);
            }
        }

        @Test
        void an_endless_kernel_is_theirs_and_the_next_job_runs() {
            try (WorkerDevice device = open("well")) {
                RunOutcome outcome = run(
                        device,
                        "__global__ void k(volatile int* p) { while (p[0] == 0) {} } extern \"C\" void solve(int* p) {"
                                + " k<<<1, 1>>>(p); }",
                        pointer(DeviceBuffer.ints("p", Access.INOUT, new int[1])));
                assertThat(outcome).isInstanceOf(TimedOut.class);
                runsWell(device);
            }
        }
    }

    @Nested
    class OurFaults {

        @Test
        void a_crash_is_tried_again_and_then_ours() {
            try (WorkerDevice device = open("crash")) {
                assertThat(run(device, DOUBLING, pointer(floats(1)), i32(1)))
                        .isInstanceOfSatisfying(
                                DeviceLost.class,
                                lost -> assertThat(lost.message()).startsWith("the GPU worker ended with status 139"));
                assertThat(run(device, "extern \"C\" void solve() {}")).isInstanceOf(Completed.class);
            }
        }

        @Test
        void a_crash_that_does_not_come_again_costs_nobody_anything() {
            try (WorkerDevice device = open("crash-once")) {
                runsWell(device);
            }
        }

        @Test
        void a_driver_that_hangs_is_ended() {
            try (WorkerDevice device = open("hang")) {
                assertThat(run(device, DOUBLING, pointer(floats(1)), i32(1)))
                        .isEqualTo(new DeviceLost(
                                "the GPU worker did not answer within 2 s and was ended",
                                org.warpgrade.gpu.RunTrace.empty()));
            }
        }

        @Test
        void garbage_on_the_channel_is_no_result() {
            try (WorkerDevice device = open("garbage-later")) {
                assertThat(run(device, DOUBLING, pointer(floats(1)), i32(1)))
                        .isInstanceOfSatisfying(
                                DeviceLost.class,
                                lost -> assertThat(lost.message())
                                        .isEqualTo(
                                                "the GPU worker is out of order: what came on the worker's channel is no message of"
                                                        + " a worker"));
            }
        }

        @Test
        void a_worker_out_of_memory_ends_and_the_next_job_runs() {
            try (WorkerDevice device = open("memory")) {
                assertThat(run(device, DOUBLING, pointer(floats(1)), i32(1))).isInstanceOf(DeviceLost.class);
                assertThat(run(device, "extern \"C\" void solve() {}")).isInstanceOf(Completed.class);
            }
        }
    }

    @Nested
    class Opening {

        @Test
        void one_that_dies_first_says_its_last_words() {
            assertThatThrownBy(() -> open("dies-first"))
                    .isInstanceOf(GpuUnavailableException.class)
                    .hasMessage("the GPU worker ended with status 7: libcuda: no.");
        }

        @Test
        void one_that_says_nothing_is_ended() {
            assertThatThrownBy(() -> open("silent"))
                    .hasMessage("the GPU worker did not answer within 1 s and was ended.");
        }

        @Test
        void one_that_says_something_else_is_not_believed() {
            assertThatThrownBy(() -> open("garbage"))
                    .hasMessage(
                            "the GPU worker is out of order: what came on the worker's channel is no message of a worker.");
        }

        @Test
        void one_without_a_gpu_says_so() {
            assertThatThrownBy(() -> open("no-gpu")).hasMessage("there is no GPU 0; the CUDA driver sees 0.");
            assertThatThrownBy(() -> open(List.of(), "well"))
                    .hasMessage("this machine has no NVIDIA GPU that its driver shows.");
        }

        @Test
        void a_gpu_has_one_job_at_a_time_and_several_gpus_have_several() {
            List<Gpu> two = List.of(new Gpu("GPU-1", "one"), new Gpu("GPU-2", "two"));
            try (WorkerDevice first = open(two, "well")) {
                try (WorkerDevice second = open(two, "well")) {
                    assertThatThrownBy(() -> open(two, "well"))
                            .hasMessage("every GPU of this machine is busy with another job.");
                    runsWell(second);
                }
                open(two, "well").close();
                runsWell(first);
            }
        }
    }

    @Nested
    class Watched {

        private WatchedDevice watched(String how) {
            WorkerDevice worker = open(how);
            return new WatchedDevice(worker, new CpuDevice(), worker::renew);
        }

        @Test
        void a_fault_has_the_line_that_the_cpu_device_names() {
            try (WatchedDevice device = watched("well")) {
                RunOutcome outcome = device.run(compile("""
                                __global__ void k(float* p) {
                                    p[threadIdx.x + 1] = 1;
                                }
                                extern "C" void solve(float* p) { k<<<1, 2>>>(p); }
                                """), Call.of("solve", pointer(floats(1, 2))), quick());
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Faulted.class,
                                faulted -> assertThat(
                                                String.valueOf(faulted.fault().at()))
                                        .isEqualTo("test.cu:2"));
            }
        }

        @Test
        void values_are_the_gpus_and_counts_and_writers_the_cpu_devices() {
            try (WatchedDevice device = watched("well")) {
                DeviceBuffer p = floats(1, 2, 3);
                RunOutcome outcome = device.run(
                        compile(DOUBLING), Call.of("solve", pointer(p), i32(3)), quick().withTrackWriters(true));
                assertThat(outcome).isInstanceOfSatisfying(Completed.class, completed -> {
                    assertThat(completed.buffers().floats(p)).containsExactly(2, 4, 6);
                    assertThat(completed.buffers().writerOf(p, 1)).isNotNull();
                    assertThat(completed.trace().threadInstructions()).isPositive();
                    assertThat(completed.trace().printed()).isEqualTo("before\nkernel says 3\nafter\n");
                });
            }
        }

        @Test
        void a_gpu_that_is_lost_is_ours_whatever_the_cpu_device_says() {
            try (WatchedDevice device = watched("crash")) {
                assertThat(device.run(compile(DOUBLING), Call.of("solve", pointer(floats(1)), i32(1)), quick()))
                        .isInstanceOf(DeviceLost.class);
            }
        }
    }
}
