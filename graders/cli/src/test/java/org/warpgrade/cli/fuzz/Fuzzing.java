package org.warpgrade.cli.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tries mutants of a kind for some time and keeps those that went wrong. A mutant is told by its number: the same
 * {@code fuzz.seed} makes the same ones.
 *
 * @param seed the number of the first mutant
 * @param time how much processor time each kind gets
 * @param folder where reports and offending mutants go
 */
record Fuzzing(long seed, Duration time, Path folder) {

    /** One mutant's way through the program under test; whatever it throws is a bug. */
    @FunctionalInterface
    interface Target {
        void take(String mutant) throws Exception;
    }

    /** {@code fuzz.seed} (1), {@code fuzz.seconds} (30) per kind; reports in {@code target/fuzz}. */
    static Fuzzing ofProperties() throws IOException {
        return new Fuzzing(
                Long.getLong("fuzz.seed", 1),
                Duration.ofSeconds(Long.getLong("fuzz.seconds", 30)),
                Files.createDirectories(Path.of("target", "fuzz")));
    }

    /** Tries mutants until the time is over; returns what went wrong, each kind of mistake once. */
    List<String> run(String kind, TextMutator mutator, Target target) throws IOException {
        Set<String> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        long begin = processorNanos();
        long number = seed;
        for (; processorNanos() - begin < time.toNanos(); number++) {
            String mutant = mutator.mutant(number);
            try {
                target.take(mutant);
            } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
                String mistake = mistake(e);
                if (seen.add(mistake)) {
                    wrong.add("mutant " + number + ": " + mistake);
                    Files.writeString(folder.resolve(kind + "-" + number + ".txt"), mutant);
                }
            }
        }
        String report = String.format(
                Locale.ROOT,
                "%s: mutants %d to %d, %.0f s of processor time, %d kinds of mistakes%n%s",
                kind,
                seed,
                number - 1,
                (processorNanos() - begin) / 1e9,
                wrong.size(),
                wrong.isEmpty() ? "" : String.join("\n", wrong) + "\n");
        Files.writeString(folder.resolve(kind + ".txt"), report);
        return wrong;
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** The kind of throwable and where it was thrown: two mutants with the same are one mistake. */
    private static String mistake(Throwable e) {
        StackTraceElement[] stack = e.getStackTrace();
        StringBuilder text = new StringBuilder(e.toString().lines().findFirst().orElse(""));
        text.setLength(Math.min(text.length(), 200));
        for (int i = 0; i < Math.min(3, stack.length); i++) {
            text.append(i == 0 ? " at " : " < ").append(stack[i]);
        }
        return e instanceof AssertionError ? text.toString() : text.toString().replaceAll("\\b\\d{3,}\\b", "N");
    }
}
