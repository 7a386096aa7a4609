package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.DeviceBuffer.Access.INOUT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;

/**
 * Every device function of the CUDA math, integer, SIMD, half, atomic and warp API in a kernel of its own: NVRTC compiles it,
 * both executors run it on the same values, and their results must be the same bits. The build does this for one architecture
 * and a part of the functions; {@code -Papi} for all of them.
 */
class ApiSweepTests {

    private static final int THREADS = 32;

    /** Kernels of one file: NVRTC takes more than linear time for large ones. */
    private static final int PER_FILE = 40;

    private static final String HEAD = "#include <cuda_fp16.h>\n#include <cuda_bf16.h>\n";

    @Test
    void the_functions_are_those_of_the_api() {
        assertThat(ApiFunction.all()).hasSizeGreaterThan(1400).doesNotHaveDuplicates();
    }

    @Test
    void one_function_in_twenty_runs_alike_on_both_executors() {
        List<ApiFunction> all = ApiFunction.all();
        sweep(
                80,
                all.stream()
                        .filter(function -> function.index() % 20 == 0 && function.since() <= 80)
                        .toList());
    }

    @Tag("api")
    @ParameterizedTest
    @ValueSource(ints = {70, 80, 90})
    void every_function_runs_alike_on_both_executors(int architecture) {
        List<ApiFunction> offered = ApiFunction.all().stream()
                .filter(function -> function.since() <= architecture)
                .toList();
        sweep(architecture, offered);
        System.err.println("compute_" + architecture + ": " + offered.size() + " functions");
    }

    private static void sweep(int architecture, List<ApiFunction> functions) {
        Map<ApiFunction, String> failures = new TreeMap<>((a, b) -> Integer.compare(a.index(), b.index()));
        for (int from = 0; from < functions.size(); from += PER_FILE) {
            check(architecture, functions.subList(from, Math.min(functions.size(), from + PER_FILE)), failures);
        }
        if (!failures.isEmpty()) {
            fail(failures.size() + " of " + functions.size() + ":\n"
                    + failures.entrySet().stream()
                            .map(failure -> failure.getKey() + ": " + failure.getValue())
                            .collect(Collectors.joining("\n")));
        }
    }

    /** Compiles and runs some functions; where the file is turned down, each of them on its own. */
    private static void check(int architecture, List<ApiFunction> functions, Map<ApiFunction, String> failures) {
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
            String text = HEAD + functions.stream().map(ApiFunction::kernel).collect(Collectors.joining());
            CompileRequest request = CompileRequest.of(new CudaSource("api.cu", text))
                    .withOptions("--gpu-architecture=compute_" + architecture);
            switch (compiler.compile(request)) {
                case Program program -> functions.forEach(function -> compare(program, function, failures));
                case CompileRejected rejected
                when functions.size() == 1 ->
                    failures.put(
                            functions.getFirst(),
                            rejected.log().lines().findFirst().orElse(""));
                case CompileRejected _ ->
                    functions.forEach(function -> check(architecture, List.of(function), failures));
            }
        }
    }

    private static void compare(Program program, ApiFunction function, Map<ApiFunction, String> failures) {
        List<String> seen = new ArrayList<>();
        for (Executor executor : Executor.values()) {
            seen.add(run(program, function, executor));
        }
        if (seen.getFirst().length() != THREADS * 128) {
            failures.put(function, seen.getFirst());
        } else if (!function.name().startsWith("clock") && !seen.getFirst().equals(seen.getLast())) {
            failures.put(function, "lane loops " + seen.getFirst() + ", interpreter " + seen.getLast());
        }
    }

    private static String run(Program program, ApiFunction function, Executor executor) {
        DeviceBuffer out = DeviceBuffer.ints("out", INOUT, new int[THREADS * 16]);
        Call call =
                Call.of(function.kernelName(), pointer(DeviceBuffer.ints("in", IN, values(function))), pointer(out));
        try (CpuDevice device = new CpuDevice(executor)) {
            RunOutcome outcome = device.run(program, call, RunSettings.defaults());
            // Threads that exit before a barrier give a warning, as they should.
            if (!(outcome instanceof RunOutcome.Completed completed)
                    || outcome.trace().findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
                return outcome.toString();
            }
            StringBuilder hex = new StringBuilder();
            for (int word : completed.buffers().ints(out)) {
                hex.append(String.format("%08x", word));
            }
            return hex.toString();
        }
    }

    /** Values of the parameters' types: small, large, zero, infinite and not a number. */
    private static int[] values(ApiFunction function) {
        SplittableRandom random = new SplittableRandom(function.index());
        ByteBuffer bytes = ByteBuffer.allocate(THREADS * 64).order(ByteOrder.LITTLE_ENDIAN);
        double[] special = {
            0, -0.0, 1, -1, 0.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e-40, 1e30
        };
        for (int thread = 0; thread < THREADS; thread++) {
            for (int slot = 0; slot < 4; slot++) {
                String type = slot < function.parameters().size()
                        ? function.parameters().get(slot)
                        : "int";
                int at = thread * 64 + slot * 16;
                double value = thread < special.length
                        ? special[(thread + slot * 3) % special.length]
                        : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-3, 5));
                for (int i = 0; i < 16; i += 4) {
                    bytes.putInt(at + i, thread < 4 ? thread - 2 : random.nextInt());
                }
                if (type.contains("double")) {
                    bytes.putDouble(at, value);
                    bytes.putDouble(at + 8, -value);
                } else if (type.contains("float") && !type.contains("bfloat")) {
                    for (int i = 0; i < 16; i += 4) {
                        bytes.putFloat(at + i, (float) value * (1 + i));
                    }
                } else if (type.contains("half")) {
                    for (int i = 0; i < 4; i += 2) {
                        bytes.putShort(at + i, Float.floatToFloat16((float) value * (1 + i)));
                    }
                } else if (type.contains("bfloat")) {
                    for (int i = 0; i < 4; i += 2) {
                        bytes.putShort(at + i, (short) (Float.floatToIntBits((float) value * (1 + i)) >>> 16));
                    }
                }
            }
        }
        int[] ints = new int[THREADS * 16];
        bytes.asIntBuffer().get(ints);
        return ints;
    }
}
