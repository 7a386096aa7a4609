package org.warpgrade.gpu.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way down to the driver's functions, through the real JCuda and the real worker, with a driver of C functions in
 * place of NVIDIA's: every call exists, and arrives with the bytes that the driver API documents. Needs a C compiler.
 */
class LoopbackTests {

    @TempDir
    private Path folder;

    private Path log;

    private List<String> run(String path, String libraries) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dwarpgrade.gpu.locks=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LoopbackMain.class.getName(),
                copy("kernels.cu").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("CUDA_VISIBLE_DEVICES");
        builder.environment().put("PATH", path);
        builder.environment().put("LD_LIBRARY_PATH", libraries);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text.lines().toList();
    }

    private Path copy(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/loopback/" + name))) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    /** A driver that the worker finds, and an nvidia-smi that tells of one GPU. */
    private Path driver() throws IOException, InterruptedException {
        log = folder.resolve("calls.log");
        String source = Files.readString(copy("libcuda.c")).replace("getenv(\"LOOPBACK_LOG\")", "\"" + log + "\"");
        Path file = Files.writeString(folder.resolve("driver.c"), source);
        Path library = folder.resolve("libcuda.so.1");
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                            "cc",
                            "-shared",
                            "-fPIC",
                            "-Wl,-soname,libcuda.so.1",
                            "-o",
                            library.toString(),
                            file.toString())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "this machine has no C compiler");
            throw e;
        }
        assertThat(compiler.waitFor()).isZero();
        smi();
        return library;
    }

    private void smi() throws IOException {
        Path smi = Files.writeString(folder.resolve("nvidia-smi"), """
                #!/bin/sh
                case "$*" in
                  *index,uuid,name*) echo "0, GPU-1111, Loopback GPU" ;;
                  *clocks_event_reasons*) echo "1980, 2619, 41, 98.5, 0x0000000000000000" ;;
                esac
                """);
        assertThat(smi.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void every_call_arrives_at_the_driver_as_its_documentation_has_it() throws Exception {
        driver();

        List<String> lines = run(folder + ":" + System.getenv("PATH"), folder.toString());

        assertThat(lines)
                .containsExactly(
                        "name Loopback GPU 12060 1048576",
                        "state GpuState[smClockMhz=1980, memoryClockMhz=2619, temperature=41, watts=98.5, slowedBy=[]]",
                        "saxpy [12.0, 24.0, 36.0, 48.0, 60.0]",
                        "mixed [-3.0, 0.1, -7.0, 2.5, 4660.0, 1.099511627776E12]",
                        "timed 125.0 [12.0, 24.0, 36.0, 48.0, 60.0]",
                        "printed kernel says 42",
                        "cooperative completed",
                        "too many unsupported: this GPU cannot hold the 500 blocks of together at once, as a cooperative launch"
                                + " needs",
                        "shared completed",
                        "too much unsupported: this GPU has no 120000 bytes of shared memory for a block of roomy",
                        "fault faulted: the kernel reads or writes an address where no memory is; run with --device cpu: it names"
                                + " the line and the thread",
                        "after [12.0, 24.0, 36.0, 48.0, 60.0]",
                        "refused unsupported: the GPU's driver does not take the compiled program: CUDA_ERROR_INVALID_PTX (218),"
                                + " ptxas application ptx input, line 9; error : no");
        List<String> calls = Files.readAllLines(log);
        assertThat(calls)
                .contains(
                        "cuInit 0 -> 0",
                        "cuDeviceGet 0 -> 0",
                        "cuCtxCreate 0 40 -> 0",
                        "cuStreamCreate 0 -> 0",
                        "cuEventCreate 0 -> 0",
                        "cuModuleLoadDataEx 2 options, log of 16384 bytes -> 0",
                        "cuModuleGetGlobal counter -> 0",
                        "cuFuncSetAttribute _Z5roomyv 8 100000 -> 0",
                        "cuLaunchKernel _Z5saxpyifPKfPf 2 1 1 x 32 1 1 shared 0 -> 0",
                        "cuLaunchKernel _Z5roomyv 1 1 1 x 32 1 1 shared 100000 -> 0",
                        "cuLaunchCooperativeKernel _Z8togetherv 50 1 1 x 32 1 1 shared 0 -> 0",
                        "cuCtxResetPersistingL2Cache -> 0");
        assertThat(calls.stream().filter(c -> !c.endsWith("-> 0")))
                .as("failures are those that were asked for, and the sticky one")
                .allMatch(c -> c.matches("cuLaunchCooperativeKernel _Z8togetherv -> 720"
                        + "|cuFuncSetAttribute _Z5roomyv 8 120000 -> 1|cuModuleLoadDataEx log of 16384 bytes -> 218"
                        + "|.* -> 700"));
    }

    @Test
    void without_a_driver_there_is_one_sentence_and_no_crash() throws Exception {
        smi();
        assumeTrue(!Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/libcuda.so.1")), "this machine has a driver");

        List<String> lines = run(folder + ":" + System.getenv("PATH"), "");

        assertThat(String.join("\n", lines))
                .contains("GpuUnavailableException: this machine has no CUDA driver (libcuda.so.1).");
    }
}
