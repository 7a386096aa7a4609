package org.warpgrade.cli.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tries mutants of a kind for some time and keeps those that went wrong. What is answered in a way not seen before becomes a
 * start of others: the answers of the program are the guide, since they tell what it understood.
 *
 * @param seed the number of the first mutant
 * @param time how much processor time each kind gets, that of compiler processes and of the JVM's own threads included
 * @param folder where reports and offending mutants go
 */
record Fuzzing(long seed, Duration time, Path folder) {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(20);

    /** Answers that are listed in the report; there may be thousands. */
    private static final int LISTED = 40;

    /** One mutant's way through the program under test. */
    @FunctionalInterface
    interface Target {
        /** How it ended, in few words; whatever it throws is a bug. */
        String take(String mutant) throws Exception;
    }

    /** {@code fuzz.seed} (1), {@code fuzz.seconds} (30) per kind; reports in {@code target/fuzz}. */
    static Fuzzing ofProperties() throws IOException {
        return new Fuzzing(
                Long.getLong("fuzz.seed", 1),
                Duration.ofSeconds(Long.getLong("fuzz.seconds", 30)),
                Files.createDirectories(Path.of("target", "fuzz")));
    }

    /** Tries mutants until the time is over; returns what went wrong, each kind of mistake once. */
    List<String> run(String kind, Mutants mutants, Target target) throws IOException {
        Set<String> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> answers = new HashMap<>();
        ProcessorTime clock = ProcessorTime.start();
        Duration reported = Duration.ZERO;
        long number = seed;
        try (Watchdog watchdog = Watchdog.over(Thread.currentThread(), folder.resolve(kind + "-hang.txt"))) {
            for (; clock.used().compareTo(time) < 0; number++) {
                String mutant = mutants.mutant(number);
                watchdog.begin(mutant);
                try {
                    String answer = inGeneral(target.take(mutant));
                    if (answers.merge(answer, 1, Integer::sum) == 1) {
                        mutants.keep(mutant);
                    }
                } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
                    String mistake = mistake(e);
                    if (seen.add(mistake)) {
                        wrong.add("mutant " + number + ": " + mistake);
                        Files.writeString(folder.resolve(kind + "-" + number + ".txt"), mutant);
                    }
                }
                watchdog.end();
                if (clock.used().minus(reported).compareTo(BETWEEN_REPORTS) > 0) {
                    reported = clock.used();
                    report(kind, number, clock, wrong, answers);
                }
            }
        }
        report(kind, number - 1, clock, wrong, answers);
        return wrong;
    }

    private void report(String kind, long last, ProcessorTime clock, List<String> wrong, Map<String, Integer> answers)
            throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: mutants %d to %d (%d), %d s of processor time, %d kinds of mistakes, %d kinds of answers%n",
                kind,
                seed,
                last,
                last - seed + 1,
                clock.used().toSeconds(),
                wrong.size(),
                answers.size()));
        wrong.forEach(line -> text.append(line).append('\n'));
        answers.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(LISTED)
                .forEach(e -> text.append(String.format(Locale.ROOT, "%9d  %s%n", e.getValue(), e.getKey())));
        Files.writeString(folder.resolve(kind + ".txt"), text);
    }

    /** Without numbers and quoted names, so that a thousand unknown registers are one answer. */
    private static String inGeneral(String answer) {
        String line = answer.lines().findFirst().orElse("");
        return line.substring(0, Math.min(line.length(), 160))
                .replaceAll("'[^']*'|\"[^\"]*\"", "'…'")
                .replaceAll("[%$][\\w.]+", "%…")
                .replaceAll("0x\\p{XDigit}+|\\d+", "N");
    }

    /** The kind of throwable and where it was thrown: two mutants with the same are one mistake. */
    private static String mistake(Throwable e) {
        StackTraceElement[] stack = e.getStackTrace();
        String words = e.toString().strip().replaceAll("\\s+", " ");
        StringBuilder text = new StringBuilder(words.substring(0, Math.min(words.length(), 240)));
        for (int i = 0; i < Math.min(3, stack.length); i++) {
            text.append(i == 0 ? " at " : " < ").append(stack[i]);
        }
        return text.toString().replaceAll("\\d+", "N");
    }
}
