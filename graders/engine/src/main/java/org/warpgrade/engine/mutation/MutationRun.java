package org.warpgrade.engine.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.engine.Compiler;
import org.warpgrade.engine.Submission;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.runner.CheckOutcome;
import org.warpgrade.engine.runner.CheckRunner;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Program;

/**
 * Runs the checks over mutants of the references. A mutant's checks stop at the first that notices; which check is asked
 * first is learnt from the mutants before.
 */
public final class MutationRun {

    private final Path implementations;
    private final Compiler compiler;
    private final Device device;
    private final CheckRunner runner;
    private final int jobs;
    private final long seed;

    /** Kills by assignment and check. */
    private final Map<String, Integer> kills = new ConcurrentHashMap<>();

    /**
     * @param home the root of the repository, where {@code reference-impls} lies
     * @param jobs how many mutants are graded at once
     * @param seed the seed of the hidden inputs
     */
    public MutationRun(Path home, Compiler compiler, Device device, CheckRunner runner, int jobs, long seed) {
        this.implementations = home.resolve("reference-impls");
        this.compiler = compiler;
        this.device = device;
        this.runner = runner;
        this.jobs = jobs;
        this.seed = seed;
    }

    /**
     * Grades one in {@code every} mutants of each reference whose file name begins with {@code file}.
     *
     * @param listener hears of each mutant as soon as it and all before it are known
     */
    public List<Mutant> run(Assignment assignment, String file, int every, Consumer<Mutant> listener) {
        Equivalences equivalences =
                Equivalences.read(implementations.resolve("equivalent-mutants"), assignment.id());
        List<Mutant> mutants = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(jobs)) {
            List<Future<Mutant>> futures = new ArrayList<>();
            for (Path reference : references(assignment.id(), file)) {
                String source = read(reference);
                Reference original = new Reference(assignment, reference.getFileName().toString(), source);
                String code = code(original, source);
                for (Mutation mutation : sample(Mutator.mutationsOf(source), every)) {
                    futures.add(pool.submit(() -> grade(original, code, mutation, equivalences)));
                }
            }
            for (Future<Mutant> future : futures) {
                Mutant mutant = get(future);
                mutants.add(mutant);
                listener.accept(mutant);
            }
        }
        return mutants;
    }

    private record Reference(Assignment assignment, String file, String source) {}

    /** Spread over the file and always the same: by a hash of the mutation, so that an edit elsewhere keeps the sample. */
    private static List<Mutation> sample(List<Mutation> all, int every) {
        return all.stream()
                .filter(mutation -> Math.floorMod(mix(Equivalences.key("", mutation).hashCode()), every) == 0)
                .toList();
    }

    /** The finaliser of MurmurHash3: neighbouring strings have neighbouring hash codes in Java. */
    private static int mix(int hash) {
        int h = hash;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }

    private Mutant grade(Reference original, String code, Mutation mutation, Equivalences equivalences) {
        long start = System.nanoTime();
        Verdict verdict;
        try {
            verdict = verdict(original, code, mutation.applyTo(original.source()));
        } catch (HarnessFault fault) {
            verdict = new Verdict(Fate.UNCLEAR, String.valueOf(fault.getMessage()));
        }
        if (verdict.fate() == Fate.SURVIVED) {
            verdict = equivalences
                    .reason(original.file(), mutation)
                    .map(reason -> new Verdict(Fate.EQUIVALENT, reason))
                    .orElse(verdict);
        }
        double millis = (System.nanoTime() - start) / 1e6;
        return new Mutant(original.assignment().id(), original.file(), mutation, verdict.fate(), verdict.by(), millis);
    }

    private record Verdict(Fate fate, String by) {}

    private Verdict verdict(Reference original, String code, String text) {
        return switch (compiler.compile(submission(original, text))) {
            case CompileRejected ignored -> new Verdict(Fate.NOT_COMPILED, "");
            case Program program when code(program).equals(code) -> new Verdict(Fate.SAME_CODE, "");
            case Program program -> check(original.assignment(), program);
        };
    }

    private Verdict check(Assignment assignment, Program program) {
        TimeBudget budget = TimeBudget.standard();
        for (CheckSpec check : bestFirst(assignment)) {
            CheckOutcome outcome = runner.run(
                            new CheckRunner.Task(assignment, List.of(check), program, device, seed, budget, 1))
                    .getFirst();
            CheckStatus status = outcome.result().status();
            switch (status) {
                case PASSED, NOT_ASSESSED -> {}
                case HARNESS_ERROR -> {
                    return new Verdict(Fate.UNCLEAR, outcome.result().message().en());
                }
                case FAILED, FAULTED, TIMED_OUT -> {
                    kills.merge(assignment.id() + " " + check.id(), 1, Integer::sum);
                    return new Verdict(Fate.KILLED, check.id());
                }
            }
        }
        return new Verdict(Fate.SURVIVED, "");
    }

    private List<CheckSpec> bestFirst(Assignment assignment) {
        return assignment.checks().stream()
                .sorted(Comparator.comparingInt(
                        check -> -kills.getOrDefault(assignment.id() + " " + check.id(), 0)))
                .toList();
    }

    private String code(Reference original, String text) {
        return switch (compiler.compile(submission(original, text))) {
            case Program program -> code(program);
            case CompileRejected rejected ->
                throw new HarnessFault(original.file() + " does not compile: " + rejected.log());
        };
    }

    /** The PTX without what only tells where it comes from. */
    private static String code(Program program) {
        return program.ptx().lines()
                .filter(line -> !line.startsWith("\t.loc") && !line.startsWith("\t.file") && !line.startsWith("//"))
                .reduce(new StringBuilder(), (all, line) -> all.append(line).append('\n'), StringBuilder::append)
                .toString();
    }

    private static Submission submission(Reference original, String text) {
        return new Submission(new CudaSource(original.file(), text), "", original.assignment());
    }

    private List<Path> references(String assignment, String prefix) {
        Path folder = implementations.resolve("cuda").resolve(assignment);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".cu"))
                    .filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mutant get(Future<Mutant> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a mutant could not be graded: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
