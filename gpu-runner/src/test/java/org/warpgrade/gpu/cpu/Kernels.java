package org.warpgrade.gpu.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;

/** Compiles the test kernels of {@code src/test/resources/kernels}, each once, and runs them. */
final class Kernels {

    private static final Map<String, Program> PROGRAMS = new ConcurrentHashMap<>();

    private Kernels() {}

    static RunOutcome run(Executor executor, String file, Call call) {
        return run(executor, file, call, RunSettings.defaults());
    }

    static RunOutcome run(Executor executor, String file, Call call, RunSettings settings) {
        try (CpuDevice device = new CpuDevice(executor)) {
            return device.run(program(file), call, settings);
        }
    }

    static RunOutcome runText(Executor executor, String text, Call call, RunSettings settings) {
        try (CpuDevice device = new CpuDevice(executor)) {
            return device.run(programOf(text), call, settings);
        }
    }

    static Program programOf(String text) {
        return PROGRAMS.computeIfAbsent(text, t -> compile("test.cu", t));
    }

    static Program program(String file) {
        return PROGRAMS.computeIfAbsent(file, f -> compile(f.substring(f.lastIndexOf('/') + 1), read(f)));
    }

    private static Program compile(String name, String text) {
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
            return switch (compiler.compile(CompileRequest.of(new CudaSource(name, text)))) {
                case Program program -> program;
                case CompileRejected rejected -> throw new AssertionError(rejected.log());
            };
        }
    }

    static String read(String file) {
        try (InputStream in = Kernels.class.getResourceAsStream(file.startsWith("/") ? file : "/kernels/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no kernel " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
