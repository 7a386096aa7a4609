package org.warpgrade.engine.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.engine.Compiler;
import org.warpgrade.engine.Sha256;
import org.warpgrade.engine.Submission;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.mutation.Trial.Verdict;
import org.warpgrade.engine.runner.CheckRunner;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Program;

/**
 * Runs the checks over mutants of the references. What the compiler makes the same code of is not run, a mutant's checks
 * stop at the first that notices, and every fate is written down at once, so that a run that was killed goes on.
 */
public final class MutationRun {

    /** Which fates of earlier runs hold. */
    public enum Again {
        /** All: a run goes on where it was. */
        NOTHING,
        /** All but those that no check noticed: after the checks were made tighter. */
        SURVIVED,
        /** None. */
        ALL;

        Predicate<Fate> keeps() {
            return switch (this) {
                case NOTHING -> fate -> fate != Fate.UNCLEAR;
                case SURVIVED -> fate -> fate != Fate.UNCLEAR && fate != Fate.SURVIVED;
                case ALL -> fate -> false;
            };
        }
    }

    /**
     * What to run.
     *
     * @param file only references whose file name begins so
     * @param every one in so many mutants, always the same ones; those of 8 are among those of 4
     * @param again which fates of earlier runs are not trusted
     * @param jobs how many mutants are graded at once
     * @param seed the seed of the hidden inputs
     */
    public record Plan(String file, int every, Again again, int jobs, long seed) {}

    private final Path implementations;
    private final Path ledgers;
    private final Compiler compiler;
    private final Device device;
    private final CheckRunner runner;
    private final Plan plan;

    /**
     * @param home the root of the repository, where {@code reference-impls} lies
     * @param ledgers the folder in which the fates are kept, a file for each assignment
     */
    public MutationRun(Path home, Path ledgers, Compiler compiler, Device device, CheckRunner runner, Plan plan) {
        this.implementations = home.resolve("reference-impls");
        this.ledgers = ledgers;
        this.compiler = compiler;
        this.device = device;
        this.runner = runner;
        this.plan = plan;
    }

    /**
     * Grades the plan's mutants of an assignment.
     *
     * @param listener hears of each mutant as soon as it and all before it are known
     */
    public List<Mutant> run(Assignment assignment, Consumer<Mutant> listener) {
        Path kept = ledgers.resolve(assignment.id() + ".jsonl");
        try (Ledger ledger = Ledger.open(kept, plan.seed(), plan.again().keeps());
                ExecutorService pool = Executors.newFixedThreadPool(plan.jobs())) {
            return new OfAssignment(assignment, ledger, pool).run(listener);
        }
    }

    /** A reference whose mutants are run. */
    private final class Reference {

        private final Assignment assignment;
        private final String file;
        private final String source;
        private final Trial trial;
        /** The first mutant of each code. */
        private final Map<String, String> first = new ConcurrentHashMap<>();

        private volatile Optional<Baseline> baseline = Optional.empty();

        Reference(Assignment assignment, Path path, Trial trial) {
            this.assignment = assignment;
            this.file = path.getFileName().toString();
            this.source = read(path);
            this.trial = trial;
        }

        /** Made once, and only if a mutant's fate is not known yet. */
        synchronized Baseline baseline() {
            Baseline known = baseline.orElseGet(this::measure);
            baseline = Optional.of(known);
            return known;
        }

        private Baseline measure() {
            return switch (compile(source)) {
                case Program program -> trial.baseline(PtxCode.digest(program), program);
                case CompileRejected rejected -> throw new HarnessFault(file + " does not compile: " + rejected.log());
            };
        }

        private org.warpgrade.gpu.Compilation compile(String text) {
            return compiler.compile(new Submission(new CudaSource(file, text), "", assignment));
        }
    }

    /** The run over one assignment. */
    private final class OfAssignment {

        private final Assignment assignment;
        private final Ledger ledger;
        private final ExecutorService pool;
        private final Equivalences equivalences;
        private final Trial trial;

        OfAssignment(Assignment assignment, Ledger ledger, ExecutorService pool) {
            this.assignment = assignment;
            this.ledger = ledger;
            this.pool = pool;
            this.equivalences = Equivalences.read(implementations.resolve("equivalent-mutants"), assignment.id());
            this.trial = new Trial(assignment, device, runner, plan.seed());
            ledger.all().stream().filter(known -> known.fate() == Fate.KILLED).forEach(trial::learn);
        }

        List<Mutant> run(Consumer<Mutant> listener) {
            List<Future<Mutant>> futures = new ArrayList<>();
            for (Path path : references()) {
                Reference reference = new Reference(assignment, path, trial);
                remember(reference);
                Equivalences.changes(Mutator.mutationsOf(reference.source)).entrySet().stream()
                        .filter(mutation -> isInSample(mutation.getKey(), mutation.getValue()))
                        .forEach(mutation -> futures.add(
                                pool.submit(() -> mutant(reference, mutation.getKey(), mutation.getValue()))));
            }
            List<Mutant> mutants = new ArrayList<>();
            for (Future<Mutant> future : futures) {
                Mutant mutant = get(future);
                mutants.add(mutant);
                listener.accept(mutant);
            }
            return mutants;
        }

        /** The codes whose fate is known, so that others of the same code are duplicates of them. */
        private void remember(Reference reference) {
            for (Ledger.Entry entry : ledger.all()) {
                boolean ran = entry.fate() == Fate.KILLED || entry.fate() == Fate.SURVIVED;
                if (ran && entry.file().equals(reference.file)) {
                    reference.first.putIfAbsent(entry.code(), entry.text());
                }
            }
        }

        private Mutant mutant(Reference reference, Mutation mutation, String change) {
            long start = System.nanoTime();
            String text = mutation.applyTo(reference.source);
            String digest = Sha256.of(text);
            Optional<Ledger.Entry> known = ledger.known(digest);
            Ledger.Entry entry = known.orElseGet(() -> findOut(reference, mutation, text, digest));
            if (known.isEmpty()) {
                ledger.add(entry);
            }
            double millis = known.isPresent() ? 0 : (System.nanoTime() - start) / 1e6;
            Verdict verdict = withJudgement(entry, equivalences.reason(reference.file, mutation, change));
            return new Mutant(
                    assignment.id(),
                    reference.file,
                    mutation,
                    change,
                    mutation.diff(reference.source),
                    verdict.fate(),
                    verdict.by(),
                    entry.code(),
                    millis);
        }

        private static Verdict withJudgement(Ledger.Entry entry, Optional<String> reason) {
            Verdict found = new Verdict(entry.fate(), entry.by());
            return switch (entry.fate()) {
                case SURVIVED ->
                    reason.map(why -> new Verdict(Fate.EQUIVALENT, why)).orElse(found);
                case KILLED ->
                    reason.map(why -> new Verdict(Fate.MISJUDGED, entry.by() + ", judged " + why))
                            .orElse(found);
                default -> found;
            };
        }

        private Ledger.Entry findOut(Reference reference, Mutation mutation, String text, String digest) {
            Verdict verdict;
            String code = "";
            try {
                switch (reference.compile(text)) {
                    case CompileRejected ignored -> verdict = new Verdict(Fate.NOT_COMPILED, "");
                    case Program program -> {
                        code = PtxCode.digest(program);
                        verdict = verdict(reference, mutation, program, code, digest);
                    }
                }
            } catch (HarnessFault fault) {
                verdict = new Verdict(Fate.UNCLEAR, String.valueOf(fault.getMessage()));
            }
            return new Ledger.Entry(
                    digest, reference.file, code, plan.seed(), verdict.fate(), verdict.by(), mutation.code());
        }

        private Verdict verdict(Reference reference, Mutation mutation, Program program, String code, String digest) {
            Baseline baseline = reference.baseline();
            if (code.equals(baseline.code())) {
                return new Verdict(Fate.SAME_CODE, "");
            }
            String first = reference.first.putIfAbsent(code, digest);
            return first == null || first.equals(digest)
                    ? trial.of(reference.file, mutation, program, baseline)
                    : new Verdict(Fate.DUPLICATE, first);
        }

        private List<Path> references() {
            try (Stream<Path> files = Files.list(implementations.resolve("cuda").resolve(assignment.id()))) {
                return files.filter(file -> file.toString().endsWith(".cu"))
                        .filter(file -> file.getFileName().toString().startsWith(plan.file()))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Spread over the file and always the same: by a hash of the mutation, so that an edit elsewhere keeps the sample. */
    private boolean isInSample(Mutation mutation, String change) {
        return Math.floorMod(mix((change + mutation.code()).hashCode()), plan.every()) == 0;
    }

    /** The finaliser of MurmurHash3: neighbouring strings have neighbouring hash codes in Java. */
    private static int mix(int hash) {
        int h = hash;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
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
