package org.warpgrade.gpu.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.warpgrade.gpu.compile.CacheFolder;

/**
 * How a worker process is started and how long it is waited for.
 *
 * @param mainClass what it runs
 * @param arguments of the main class
 * @param heap the most memory of its JVM: buffers pass through it
 * @param ready the most until it says that it is ready: a driver takes seconds on a machine with many GPUs
 * @param jitCache where the driver keeps what it compiled: a program is loaded anew for every run
 * @param grace the most that an answer may take beyond the run's own deadline: compiling for the GPU, copying
 */
record WorkerCommand(
        String mainClass, List<String> arguments, String heap, String jitCache, Duration ready, Duration grace) {

    private static final String REHEARSAL = "warpgrade.gpu.worker";

    /** Whether workers run on a driver double. */
    static boolean isRehearsal() {
        return System.getProperty(REHEARSAL) != null;
    }

    /**
     * The real one; or what the system property {@code warpgrade.gpu.worker} names, a class and its arguments, on the class
     * path {@code warpgrade.gpu.worker.path}: so the whole can be rehearsed on a driver double.
     */
    static WorkerCommand standard() {
        Path cache = CacheFolder.ofUser().path();
        List<String> words = !isRehearsal()
                ? List.of(GpuService.class.getName(), cache.resolve("jcuda").toString())
                : List.of(System.getProperty(REHEARSAL).split(" "));
        return new WorkerCommand(
                words.getFirst(),
                words.subList(1, words.size()),
                "4g",
                cache.resolve("jit").toString(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));
    }

    /** Starts it in an empty folder, with nothing of our environment but what the driver needs. */
    Process start(Gpu gpu) throws IOException {
        // Answers leave on descriptor 3; what is printed on 1 and 2 comes in on the process's error stream.
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "ulimit -c 0; exec \"$@\" 3>&1 1>&2",
                "warpgrade-gpu",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // an entry is a few instructions; the process lives for one submission
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=/dev/null",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("warpgrade.gpu.worker.path", System.getProperty("java.class.path")),
                mainClass));
        command.addAll(arguments);
        Path folder = Files.createTempDirectory("warpgrade-gpu");
        folder.toFile().deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().retainAll(List.of("HOME", "LD_LIBRARY_PATH", "CUDA_CACHE_PATH"));
        builder.environment().put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        builder.environment().put("CUDA_VISIBLE_DEVICES", gpu.id());
        // All of a module is loaded at once: nothing is left to load when a kernel is timed.
        builder.environment().put("CUDA_MODULE_LOADING", "EAGER");
        builder.environment().putIfAbsent("CUDA_CACHE_PATH", jitCache);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }
}
