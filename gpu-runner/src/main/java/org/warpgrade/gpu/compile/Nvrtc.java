package org.warpgrade.gpu.compile;

import java.nio.file.Path;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;
import org.warpgrade.gpu.compile.CompilerFrames.Job;

/** The native compiler, loaded into this process: a compiler process, never the one that grades. */
final class Nvrtc {

    private Nvrtc() {}

    /**
     * What one call gave.
     *
     * @param ok whether it compiled; false means that the source is at fault
     * @param log warnings, errors, and the ptxas report if it was asked for
     * @param ptx empty if it did not compile or was compiled to machine code
     */
    record Result(boolean ok, String log, String ptx) {}

    static Result compile(Job job, OfferedHeaders headers) {
        nvrtcProgram program = new nvrtcProgram();
        String[] names = headers.names();
        int created = JNvrtc.nvrtcCreateProgram(program, job.text(), job.name(), names.length, headers.texts(), names);
        if (created != nvrtcResult.NVRTC_SUCCESS) {
            throw failure("create a program", created, "");
        }
        try {
            String[] options = job.options().toArray(String[]::new);
            int compiled = JNvrtc.nvrtcCompileProgram(program, options.length, options);
            String[] log = new String[1];
            JNvrtc.nvrtcGetProgramLog(program, log);
            String words = log[0] == null ? "" : log[0].replace("\0", "").strip();
            if (compiled == nvrtcResult.NVRTC_ERROR_COMPILATION) {
                return new Result(false, words, "");
            }
            if (compiled != nvrtcResult.NVRTC_SUCCESS) {
                throw failure("compile " + job.name(), compiled, words);
            }
            String[] ptx = new String[1];
            int got = JNvrtc.nvrtcGetPTX(program, ptx);
            return new Result(
                    true, words, got == nvrtcResult.NVRTC_SUCCESS && ptx[0] != null ? ptx[0].replace("\0", "") : "");
        } finally {
            JNvrtc.nvrtcDestroyProgram(program);
        }
    }

    private static CompilerUnavailableException failure(String what, int code, String words) {
        return new CompilerUnavailableException("The CUDA compiler NVRTC could not " + what + ": "
                + nvrtcResult.stringFor(code) + (words.isEmpty() ? "." : ", " + words));
    }

    /**
     * Loads the library into this process; JCuda's binding must lie in {@code java.library.path}.
     *
     * @throws CompilerUnavailableException if it cannot be loaded
     */
    static void load(Path compiler, Path builtins) {
        try {
            System.load(builtins.toString()); // nvrtc looks for it by name: it must be there first
            System.load(compiler.toString());
            JNvrtc.setExceptionsEnabled(false);
        } catch (UnsatisfiedLinkError e) {
            throw new CompilerUnavailableException(
                    "The CUDA compiler NVRTC in " + compiler + " could not be loaded: " + e.getMessage() + ".", e);
        }
    }
}
