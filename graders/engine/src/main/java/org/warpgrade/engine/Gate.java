package org.warpgrade.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.GateRow.Kind;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.Verdict;

/**
 * The publish gate: an assignment may be given to students when its starter compiles and fails, every rung of its reference
 * passes with margin, every mutant is rejected by the check that it names, every exploit gets the verdict that it names and
 * no credit, and every control, which is unusual but honest, passes.
 */
public final class Gate {

    /** A reference stays below an eighth of each tolerance, so that another order of summation fits too (curriculum C4). */
    static final double MARGIN = 1.0 / 8;

    private static final Pattern MUTANT = Pattern.compile("^//\\s*mutant:\\s*(\\S+).*");
    private static final Pattern CONTROL = Pattern.compile("^//\\s*control:\\s*(\\S.*)");

    /** Exploits that never end are told so sooner than honest files, which may only be slow. */
    private static TimeBudget strict() {
        return new TimeBudget(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(300));
    }

    private final Catalog catalog;
    private final Path implementations;
    private final Grading grading;
    private final long seed;

    /** With hidden inputs that no other run has. */
    public Gate(Catalog catalog, Path home, Grading grading) {
        this(catalog, home, grading, new SecureRandom().nextLong() >>> 1);
    }

    /**
     * @param home the root of the repository, where {@code reference-impls} lies
     * @param seed the seed of the hidden inputs, so that what one run of the gate found another finds again
     */
    public Gate(Catalog catalog, Path home, Grading grading, long seed) {
        this.catalog = catalog;
        this.implementations = home.resolve("reference-impls");
        this.grading = grading;
        this.seed = seed;
    }

    /** A file with what must come of it. */
    private record Task(Assignment assignment, Path file, String name, Kind kind) {}

    /** Thrown where a file of ours is not what it must be; becomes a row. */
    private static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message);
        }
    }

    /** The seed of the hidden inputs. */
    public long seed() {
        return seed;
    }

    /**
     * Judges the assignments, one file per thread: that keeps all cores busy and each file's time comparable.
     *
     * @param ids assignments, or none for all
     * @param kinds which of their files
     * @param listener hears each row as soon as it and all rows before it are known
     * @return all rows, by assignment and kind
     */
    public List<GateRow> run(List<String> ids, Set<Kind> kinds, Consumer<GateRow> listener)
            throws CatalogException, IntakeException {
        List<Assignment> assignments = new ArrayList<>();
        for (String id : ids.isEmpty() ? catalog.ids() : ids) {
            assignments.add(catalog.assignment(id)
                    .orElseThrow(() -> new IntakeException("there is no assignment '" + id + "'")));
        }
        List<GateRow> rows = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<GateRow>> futures = new ArrayList<>();
            for (Assignment assignment : assignments) {
                List<Task> tasks = tasks(assignment);
                tasks.stream()
                        .filter(task -> kinds.contains(task.kind()))
                        .forEach(task -> futures.add(pool.submit(() -> judge(task))));
                missing(assignment, tasks).stream()
                        .filter(row -> kinds.contains(row.kind()))
                        .forEach(row -> futures.add(pool.submit(() -> row)));
            }
            for (Future<GateRow> future : futures) {
                GateRow row = get(future);
                rows.add(row);
                listener.accept(row);
            }
        }
        return rows;
    }

    private static GateRow get(Future<GateRow> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the gate itself failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private List<Task> tasks(Assignment assignment) {
        List<Task> tasks = new ArrayList<>();
        tasks.add(new Task(assignment, assignment.starter(), "starter.cu", Kind.STARTER));
        String id = assignment.id();
        sources(implementations.resolve("cuda").resolve(id))
                .forEach(file -> tasks.add(new Task(assignment, file, name(file), Kind.REFERENCE)));
        sources(implementations.resolve("mutants").resolve(id))
                .forEach(file -> tasks.add(new Task(assignment, file, name(file), Kind.MUTANT)));
        Path exploits = implementations.resolve("exploits");
        Path controls = exploits.resolve("controls");
        sources(exploits).stream()
                .filter(file -> isFor(file, id))
                .map(file ->
                        new Task(assignment, file, name(file), file.startsWith(controls) ? Kind.CONTROL : Kind.EXPLOIT))
                .forEach(tasks::add);
        return tasks;
    }

    /** An assignment without reference or mutants has nothing that holds its checks. */
    private static List<GateRow> missing(Assignment assignment, List<Task> tasks) {
        return Stream.of(Kind.REFERENCE, Kind.MUTANT)
                .filter(kind -> tasks.stream().noneMatch(task -> task.kind() == kind))
                .map(kind -> new GateRow(assignment.id(), "-", kind, "", false, "there is none", Double.NaN, 0))
                .toList();
    }

    private GateRow judge(Task task) {
        long start = System.nanoTime();
        try {
            return switch (task.kind()) {
                case STARTER -> starter(task, start);
                case REFERENCE -> reference(task, start);
                case MUTANT -> mutant(task, start);
                case EXPLOIT -> exploit(task, start);
                case CONTROL -> control(task, start);
            };
        } catch (Misfit | IntakeException e) {
            return row(task, "", false, String.valueOf(e.getMessage()), Double.NaN, start);
        }
    }

    private GateRow starter(Task task, long start) throws IntakeException {
        GradingResult result = grading.run(request(task));
        boolean ok = result.verdict() != Verdict.PASSED && ran(result.verdict());
        return row(task, "", ok, outcome(result), Double.NaN, start);
    }

    private GateRow reference(Task task, long start) throws IntakeException {
        Grading.Graded graded = grading.grade(request(task));
        double margin = graded.worstRatio();
        boolean passed = graded.result().verdict() == Verdict.PASSED;
        String told = passed && margin > MARGIN
                ? String.format(Locale.ROOT, "passes, but uses %.3f of a tolerance (at most 1/8)", margin)
                : outcome(graded.result());
        return row(task, "", passed && margin <= MARGIN, told, margin, start);
    }

    private GateRow mutant(Task task, long start) throws IntakeException, Misfit {
        String named = firstLine(task, MUTANT, "// mutant: CHECK what is wrong");
        if (task.assignment().check(named).isEmpty()) {
            throw new Misfit("names " + named + ", which is no check of "
                    + task.assignment().id());
        }
        GradingResult result = grading.run(request(task).only(Set.of(named)));
        boolean ok = ran(result.verdict()) && result.verdict() != Verdict.PASSED;
        String told = ok ? rejection(result.checks().getFirst()) : outcome(result);
        return row(task, named, ok, told, margin(result.checks().getFirst()), start);
    }

    /** How far the first wrong tensor of a check is outside its tolerance; NaN where no tensor was compared. */
    private static double margin(CheckResult check) {
        return check.diagnosis() == null ? Double.NaN : check.diagnosis().worstRatio();
    }

    private GateRow exploit(Task task, long start) throws IntakeException, Misfit {
        Expectation expected;
        try {
            expected = Expectation.read(firstLine(task));
        } catch (IllegalArgumentException e) {
            throw new Misfit(String.valueOf(e.getMessage()));
        }
        GradingResult result = grading.run(request(task).withBudget(strict()));
        int earned = result.score().earned();
        String points = earned == 0 ? "" : ", " + earned + " points of " + expected.points() + " allowed";
        boolean ok = expected.isMetBy(result);
        return row(task, expected.brief(), ok, outcome(result) + points, Double.NaN, start);
    }

    private GateRow control(Task task, long start) throws IntakeException, Misfit {
        firstLine(task, CONTROL, "// control: what is unusual about it");
        GradingResult result = grading.run(request(task));
        return row(task, "", result.verdict() == Verdict.PASSED, outcome(result), Double.NaN, start);
    }

    private static boolean ran(Verdict verdict) {
        return switch (verdict) {
            case PASSED, FAILED, FAULTED, TIMED_OUT -> true;
            case COMPILE_ERROR, REJECTED, HARNESS_ERROR -> false;
        };
    }

    private GradingRequest request(Task task) {
        return GradingRequest.of(task.file())
                .forAssignment(task.assignment().id())
                .withSeed(seed)
                .withThreads(1)
                .withBudget(TimeBudget.patient())
                .withoutResources()
                .withoutSpeed();
    }

    private static GateRow row(Task task, String named, boolean ok, String result, double margin, long start) {
        double millis = (System.nanoTime() - start) / 1e6;
        return new GateRow(task.assignment().id(), task.name(), task.kind(), named, ok, result, margin, millis);
    }

    /** The verdict, and what stands in the way of another one. */
    private static String outcome(GradingResult result) {
        List<String> open = result.checks().stream()
                .filter(c -> c.status() != CheckStatus.PASSED && c.status() != CheckStatus.NOT_ASSESSED)
                .map(CheckResult::id)
                .toList();
        if (!open.isEmpty()) {
            String first = result.checks().stream()
                    .filter(c -> c.id().equals(open.getFirst()))
                    .map(c -> c.message().en())
                    .findFirst()
                    .orElse("");
            return result.verdict().id() + " " + String.join(" ", open) + ": " + first;
        }
        String reason = result.message().en();
        return result.verdict().id() + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static String rejection(CheckResult check) {
        return check.status().id() + ": " + check.message().en();
    }

    private static String firstLine(Task task, Pattern pattern, String form) throws Misfit {
        Matcher matcher = pattern.matcher(firstLine(task));
        if (!matcher.matches()) {
            throw new Misfit("its first line must be '" + form + "'");
        }
        return matcher.group(1);
    }

    private static String firstLine(Task task) {
        try (Stream<String> lines = Files.lines(task.file())) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFor(Path exploit, String assignment) {
        try {
            return AssignmentLine.of(Files.readString(exploit))
                    .orElse(exploit.getParent().getFileName().toString())
                    .equals(assignment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".cu"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
