package org.warpgrade.gpu.compile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jcuda.nvrtc.JNvrtc;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.compile.CompilerFrames.Answer;
import org.warpgrade.gpu.compile.CompilerFrames.Job;

/**
 * One compiler process as its owner sees it. Whatever a source makes NVRTC do, it does it there: with little address
 * space, no environment, an empty working folder, and an owner who ends it. Used by one thread at a time.
 */
final class NvrtcProcess implements AutoCloseable {

    /**
     * What one source may take.
     *
     * @param processorTime what needs more of a processor never ends: a typical file takes 0.1 s, the largest real ones 3 s
     * @param wallTime of an exchange or the start: a process that does not work uses no processor time either
     * @param addressSpaceKb half for the stack, a sixth for the JVM around NVRTC, the rest for NVRTC
     */
    record Limits(Duration processorTime, Duration wallTime, long addressSpaceKb) {

        static final Limits STANDARD = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), 3L << 20);
    }

    private static final int WATCH_MILLIS = 50;
    private static final int MOST_LAST_WORDS = 2000;

    /** Standard output is for what native code prints; descriptor 3 is the channel. A shell that knows no limit goes on. */
    private static final String LIMITED =
            "exec 3>&1 1>&2; ulimit -c 0 2>/dev/null; ulimit -v \"$0\" 2>/dev/null; exec \"$@\"";

    private final Process process;
    private final Limits limits;
    private final DataOutputStream jobs;
    private final DataInputStream answers;
    private final StringBuffer lastWords = new StringBuffer();
    private int done;

    /** How one exchange with the process went. */
    sealed interface Exchange {

        record Answered(Answer answer) implements Exchange {}

        /** The process ended by itself or its channel broke. */
        record Died(String how) implements Exchange {}

        /** The source used up its processor time. */
        record UsedUp(Duration time) implements Exchange {}
    }

    private NvrtcProcess(Process process, Limits limits) {
        this.process = process;
        this.limits = limits;
        this.jobs = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        Thread.ofPlatform().daemon().name("nvrtc-words").start(this::listen);
    }

    /** Starts a process; it says {@link Answer.Ready} through {@link #greeting} once NVRTC is loaded. */
    static NvrtcProcess start(NvrtcLibrary library, CacheFolder cache, Limits limits) {
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                LIMITED,
                Long.toString(limits.addressSpaceKb()),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms8m",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=/dev/null",
                "-XX:-CreateCoredumpOnCrash",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + NvrtcBinding.folder(cache),
                "-cp",
                classPath(),
                NvrtcService.class.getName(),
                library.compiler().toAbsolutePath().toString(),
                library.builtins().toAbsolutePath().toString());
        ProcessBuilder builder = new ProcessBuilder(command).directory(emptyFolder(cache));
        builder.environment().clear();
        builder.environment().put("MALLOC_ARENA_MAX", "2"); // glibc reserves 64 MB of address space per arena
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            return new NvrtcProcess(builder.start(), limits);
        } catch (IOException e) {
            throw new CompilerUnavailableException(
                    "The compiler process could not be started: " + e.getMessage() + ".", e);
        }
    }

    /** Waits until NVRTC is loaded. */
    Exchange greeting() {
        return within(() -> CompilerFrames.readAnswer(answers));
    }

    Exchange compile(Job job) {
        done++;
        return within(() -> {
            CompilerFrames.write(jobs, job);
            return CompilerFrames.readAnswer(answers);
        });
    }

    /** How many jobs it was given. */
    int done() {
        return done;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** A read that ends when the channel does. */
    @FunctionalInterface
    private interface Reading {
        Answer read() throws IOException;
    }

    private Exchange within(Reading reading) {
        Watch watch = new Watch();
        Thread watcher = Thread.ofPlatform().daemon().name("nvrtc-watch").start(watch);
        try {
            return new Exchange.Answered(reading.read());
        } catch (IOException e) {
            return watch.usedUp ? new Exchange.UsedUp(limits.processorTime()) : new Exchange.Died(farewell());
        } finally {
            watch.over = true;
            watcher.interrupt();
        }
    }

    /** Ends the process when the exchange takes too much. */
    private final class Watch implements Runnable {

        private final Duration before = processorTime();
        private final long begin = System.nanoTime();
        private volatile boolean over;
        private volatile boolean usedUp;

        @Override
        public void run() {
            try {
                while (!over && process.isAlive()) {
                    Thread.sleep(WATCH_MILLIS);
                    if (processorTime().minus(before).compareTo(limits.processorTime()) > 0) {
                        usedUp = true;
                        process.destroyForcibly();
                    } else if (System.nanoTime() - begin > limits.wallTime().toNanos()) {
                        process.destroyForcibly();
                    }
                }
            } catch (InterruptedException e) {
                return; // the exchange is over
            }
        }
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private String farewell() {
        try {
            process.destroyForcibly();
            String how =
                    process.waitFor(5, TimeUnit.SECONDS) ? "ended with status " + process.exitValue() : "does not end";
            String words = lastWords.toString().strip();
            return words.isEmpty()
                    ? how
                    : how + ": " + words.lines().findFirst().orElse("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        }
    }

    private void listen() {
        byte[] chunk = new byte[512];
        try (InputStream words = process.getErrorStream()) {
            for (int n = words.read(chunk); n >= 0; n = words.read(chunk)) {
                if (lastWords.length() < MOST_LAST_WORDS) {
                    lastWords.append(new String(chunk, 0, n, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            return; // the process has ended
        }
    }

    /** Only what the service needs: a short class path starts faster and shows a compiler process nothing else. */
    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> needed : List.of(NvrtcService.class, JNvrtc.class)) {
            try {
                places.add(Path.of(needed.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException("a class path entry is no URI", e);
            }
        }
        return places.stream().collect(Collectors.joining(File.pathSeparator));
    }

    /** A folder that holds nothing, so that a relative include finds nothing; null, the owner's own, if none can be had. */
    private static @Nullable File emptyFolder(CacheFolder cache) {
        for (Path folder :
                List.of(cache.path().resolve("empty"), Path.of("/var/empty"), Path.of("/proc/self/fdinfo"))) {
            try {
                Files.createDirectories(folder);
                return folder.toFile();
            } catch (IOException e) {
                continue;
            }
        }
        return null;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            jobs.close();
        } catch (IOException e) {
            return; // it has ended already
        }
    }
}
