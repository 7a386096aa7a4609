package org.warpgrade.gpu.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;
import org.jspecify.annotations.Nullable;

/** The native compiler, loaded into this process once. Calls are serialised: NVRTC holds a lock of its own. */
final class Nvrtc {

    private static @Nullable Path loadedFrom;

    private Nvrtc() {}

    /**
     * What one call gave.
     *
     * @param ok whether it compiled; false means that the source is at fault
     * @param log warnings, errors, and the ptxas report if it was asked for
     * @param ptx empty if it did not compile or was compiled to machine code
     */
    record Result(boolean ok, String log, String ptx) {}

    static synchronized Result compile(
            NvrtcLibrary library, CacheFolder cache, String name, String text, OfferedHeaders headers, List<String> options) {
        load(library, cache);
        nvrtcProgram program = new nvrtcProgram();
        String[] names = headers.names();
        int created = JNvrtc.nvrtcCreateProgram(program, text, name, names.length, headers.texts(), names);
        if (created != nvrtcResult.NVRTC_SUCCESS) {
            throw failure("create a program", created, "");
        }
        try {
            int compiled = JNvrtc.nvrtcCompileProgram(program, options.size(), options.toArray(String[]::new));
            String[] log = new String[1];
            JNvrtc.nvrtcGetProgramLog(program, log);
            String words = log[0] == null ? "" : log[0].replace("\0", "").strip();
            if (compiled == nvrtcResult.NVRTC_ERROR_COMPILATION) {
                return new Result(false, words, "");
            }
            if (compiled != nvrtcResult.NVRTC_SUCCESS) {
                throw failure("compile " + name, compiled, words);
            }
            String[] ptx = new String[1];
            int got = JNvrtc.nvrtcGetPTX(program, ptx);
            return new Result(true, words, got == nvrtcResult.NVRTC_SUCCESS && ptx[0] != null ? ptx[0].replace("\0", "") : "");
        } finally {
            JNvrtc.nvrtcDestroyProgram(program);
        }
    }

    private static CompilerUnavailableException failure(String what, int code, String words) {
        return new CompilerUnavailableException("The CUDA compiler NVRTC could not " + what + ": "
                + nvrtcResult.stringFor(code) + (words.isEmpty() ? "." : ", " + words));
    }

    private static void load(NvrtcLibrary library, CacheFolder cache) {
        if (loadedFrom != null) {
            if (!loadedFrom.equals(library.compiler())) {
                throw new CompilerUnavailableException("This process already uses NVRTC from " + loadedFrom
                        + " and cannot load another from " + library.compiler() + ".");
            }
            return;
        }
        try {
            System.load(library.builtins().toAbsolutePath().toString()); // nvrtc looks for it by name: it must be there first
            System.load(library.compiler().toAbsolutePath().toString());
            bind(cache);
        } catch (UnsatisfiedLinkError e) {
            throw new CompilerUnavailableException(
                    "The CUDA compiler NVRTC in " + library.compiler() + " could not be loaded: " + e.getMessage() + ".", e);
        }
        loadedFrom = library.compiler();
    }

    /**
     * JCuda unpacks its binding into the temporary folder and uses a file that already lies there. On a shared machine that
     * file may be anyone's, so the binding is unpacked into the user's own cache instead, where the next start finds it.
     */
    private static void bind(CacheFolder cache) {
        String temporary = System.getProperty("java.io.tmpdir");
        try {
            Files.createDirectories(cache.natives());
            if (Files.isWritable(cache.natives())) {
                System.setProperty("java.io.tmpdir", cache.natives().toString());
            }
            JNvrtc.setExceptionsEnabled(false);
        } catch (IOException e) {
            JNvrtc.setExceptionsEnabled(false); // no cache: JCuda's own way
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
    }
}
