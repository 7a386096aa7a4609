package org.warpgrade.cli.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a mutant that never ends. A thread cannot be stopped from outside, so the JVM ends with it: the report says where
 * it was.
 */
final class Watchdog implements AutoCloseable {

    /** Of processor time: the longest grading of one mutant takes ten seconds. */
    private static final Duration BUSY = Duration.ofSeconds(40);

    /** Of waiting, on a machine with much else to do. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private static final int HUNG = 17;

    /** What is tried, since when. */
    private record Trial(String mutant, long began, long processor) {}

    private final Thread watched;
    private final Path report;
    private final Thread dog;
    private volatile @Nullable Trial trial;

    private Watchdog(Thread watched, Path report) {
        this.watched = watched;
        this.report = report;
        this.dog = Thread.ofPlatform().daemon().name("watchdog").start(this::watch);
    }

    static Watchdog over(Thread watched, Path report) {
        return new Watchdog(watched, report);
    }

    void begin(String mutant) {
        trial = new Trial(mutant, System.nanoTime(), processor());
    }

    void end() {
        trial = null;
    }

    private long processor() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(watched.threadId());
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(Duration.ofSeconds(1));
                Trial now = trial;
                if (now != null
                        && (processor() - now.processor > BUSY.toNanos()
                                || System.nanoTime() - now.began > IDLE.toNanos())) {
                    tellAndEnd(now);
                }
            }
        } catch (InterruptedException e) {
            return; // no more mutants
        }
    }

    private void tellAndEnd(Trial hung) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : watched.getStackTrace()) {
            text.append("// at ").append(frame).append('\n');
        }
        try {
            Files.writeString(report, text.append(hung.mutant));
        } catch (IOException e) {
            System.err.println(text);
        }
        Runtime.getRuntime().halt(HUNG);
    }

    @Override
    public void close() {
        dog.interrupt();
    }
}
