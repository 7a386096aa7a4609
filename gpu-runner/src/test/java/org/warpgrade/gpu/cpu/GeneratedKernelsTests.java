package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.f32;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;

/** Kernels by {@link KernelWriter}: all executors leave the same bits after as many instructions, and the sanitizers are silent. */
class GeneratedKernelsTests {

    private static final int IN_EACH_BUILD = 15;
    private static final NvrtcCompiler COMPILER = NvrtcCompiler.ofUser(Progress.silent());

    @AfterAll
    static void closeCompiler() {
        COMPILER.close();
    }

    /** What a run left: the bits of the results, what was executed, what was found. */
    private record Left(List<Integer> bits, List<Long> executed, List<String> findings) {}

    private static Left run(Executor executor, Program program, KernelWriter kernel, int n, RunSettings settings) {
        float[] x = new float[KernelWriter.VALUES];
        int[] k = new int[KernelWriter.VALUES];
        for (int i = 0; i < KernelWriter.VALUES; i++) {
            x[i] = (i * 37 % 101 - 50) * 0.25f;
            k[i] = i * 7919 % 1009 - 100;
        }
        DeviceBuffer results =
                DeviceBuffer.floats("y", Access.INOUT, new float[kernel.threads() * KernelWriter.RESULTS]);
        Argument[] arguments = {
            pointer(DeviceBuffer.floats("x", Access.IN, x)),
            pointer(DeviceBuffer.ints("k", Access.IN, k)),
            pointer(results),
            i32(n),
            f32(0.375f)
        };
        try (CpuDevice device = new CpuDevice(executor)) {
            RunOutcome outcome = device.run(program, Call.of("solve", arguments), settings);
            List<Integer> bits = new ArrayList<>();
            if (outcome instanceof RunOutcome.Completed completed) {
                for (float value : completed.buffers().floats(results)) {
                    bits.add(Float.floatToRawIntBits(value));
                }
            } else {
                assertThat(outcome)
                        .as("%s by %s", program.source().text(), executor)
                        .isInstanceOf(RunOutcome.Faulted.class);
            }
            List<Long> executed = new ArrayList<>();
            for (LaunchRecord launch : outcome.trace().launches()) {
                executed.add(launch.threadInstructions());
                executed.add(launch.maxThreadInstructions());
            }
            List<String> findings =
                    outcome.trace().findings().stream().map(Finding::toString).toList();
            return new Left(bits, executed, findings);
        }
    }

    private static void agrees(long seed, boolean mayFault) {
        KernelWriter kernel = new KernelWriter(seed, mayFault);
        String text = kernel.write();
        Program program = switch (COMPILER.compile(CompileRequest.of(new CudaSource("generated.cu", text)))) {
            case Program compiled -> compiled;
            case CompileRejected rejected -> throw new AssertionError(rejected.log() + text);
        };
        for (int n : new int[] {0, 37, 96, 1000}) {
            String which = "seed " + seed + ", n = " + n + "\n" + text;
            RunSettings plain = RunSettings.defaults();
            Left loops = run(Executor.LANE_LOOPS, program, kernel, n, plain);
            Left abreast = run(Executor.LANES_ABREAST, program, kernel, n, plain);
            assertThat(abreast).as("lanes abreast, %s", which).isEqualTo(loops);
            if (!loops.findings().isEmpty()) {
                continue; // another thread may be the first elsewhere
            }
            Left interpreted = run(Executor.WARP_INTERPRETER, program, kernel, n, plain);
            assertThat(interpreted).as("interpreted, %s", which).isEqualTo(loops);
            Left otherOrder = run(Executor.LANE_LOOPS, program, kernel, n, plain.withSchedule(3));
            assertThat(otherOrder.bits()).as("in another order, %s", which).isEqualTo(loops.bits());
            Left watched = run(Executor.LANE_LOOPS, program, kernel, n, plain.withSanitize(true));
            assertThat(watched.findings()).as("sanitizers, %s", which).isEmpty();
            assertThat(watched.bits()).as("watched, %s", which).isEqualTo(loops.bits());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void executors_agree(long set) {
        for (int i = 0; i < IN_EACH_BUILD; i++) {
            agrees(set * 1000 + i, false);
        }
    }

    @Test
    void they_agree_on_who_is_out_of_bounds() {
        for (int i = 0; i < IN_EACH_BUILD; i++) {
            agrees(5000 + i, true);
        }
    }

    /** As long as it is told: {@code -Pfuzz -Dfuzz.seconds=600 -Dfuzz.seed=1}. */
    @Test
    @Tag("fuzz")
    void they_agree_for_hours() {
        long end = System.nanoTime() + Long.getLong("fuzz.seconds", 60) * 1_000_000_000L;
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        int kernels = 0;
        for (; System.nanoTime() < end; kernels++) {
            agrees(seed + kernels, kernels % 3 == 0);
        }
        System.out.println(kernels + " generated kernels from seed " + seed);
    }
}
