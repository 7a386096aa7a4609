package org.warpgrade.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.performance.BenchedFile;
import org.warpgrade.engine.performance.ProblemCount;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.Severity;

/** Counts files on their assignments' problems: all that {@code bench} does without a GPU, and half of it with one. */
public final class ModelBench {

    private final Intake intake;
    private final Compiler compiler;
    private final Device device;
    private final Path references;
    private final boolean timed;

    /**
     * @param home the root of the repository; its references are what files are compared with, if they are there
     * @param timed whether files are timed, too: then sizes are those that are timed, counting keeps to those of the model,
     *     and programs that do wrong in a way that no clock sees are not taken
     */
    public ModelBench(Catalog catalog, Compiler compiler, Device device, Path home, boolean timed) {
        this.timed = timed;
        this.intake = new Intake(catalog);
        this.compiler = compiler;
        this.device = device;
        this.references = home.resolve("reference-impls").resolve("cuda");
    }

    /** What became of a file. */
    public sealed interface Result {

        /** It was counted. */
        record Counted(Assignment assignment, BenchedFile file, Program program) implements Result {}

        /** It cannot be: it does not compile, does not end, or its assignment has nothing to measure. */
        record Impossible(String file, String reason) implements Result {}
    }

    /**
     * Counts one file.
     *
     * @param assignment the assignment's id, null to find it out
     * @param sizes sizes by name that replace those of the problem
     * @throws IntakeException if the file cannot be read, its assignment does not exist, or it has no such size
     */
    public Result run(Path file, @Nullable String assignment, Map<String, Integer> sizes) throws IntakeException {
        return switch (intake.take(file, assignment)) {
            case Intake.Taken.Accepted accepted -> count(accepted.submission(), sizes);
            case Intake.Taken.Refused refused ->
                new Result.Impossible(refused.source().name(), refused.reason().en());
        };
    }

    /** The last rung of the assignment's ladder, counted; empty where there is none. */
    public Optional<BenchedFile> reference(Assignment assignment, Map<String, Integer> sizes) throws IntakeException {
        List<Path> rungs = SpeedBench.rungs(references, assignment);
        return !rungs.isEmpty()
                        && run(rungs.getLast(), assignment.id(), sizes)
                                instanceof Result.Counted(Assignment _, BenchedFile counted, Program _)
                ? Optional.of(counted)
                : Optional.empty();
    }

    private Result count(Submission submission, Map<String, Integer> wanted) throws IntakeException {
        String name = submission.source().name();
        Problem problem = submission.assignment().performance().problem();
        if (problem == null) {
            return new Result.Impossible(name, submission.assignment().id() + " has no problem to measure");
        }
        Map<String, Integer> sizes = new LinkedHashMap<>(problem.model());
        for (Map.Entry<String, Integer> size : wanted.entrySet()) {
            if (sizes.replace(size.getKey(), size.getValue()) == null) {
                throw new IntakeException("the problem of "
                        + submission.assignment().id() + " has no size '" + size.getKey() + "'; it has "
                        + String.join(", ", problem.model().keySet()));
            }
        }
        return switch (compiler.compile(submission)) {
            case CompileRejected rejected ->
                new Result.Impossible(name, "it does not compile: " + firstError(rejected));
            case Program program -> counted(submission, program, problem, timed ? problem.model() : sizes);
        };
    }

    private Result counted(Submission submission, Program program, Problem problem, Map<String, Integer> sizes) {
        String name = submission.source().name();
        return switch (ProblemCount.whole(problem, sizes, program, device, timed)) {
            case ProblemCount.Ended(RunOutcome outcome) -> new Result.Impossible(name, why(outcome));
            case ProblemCount.Counted(ProblemCount count) ->
                new Result.Counted(
                        submission.assignment(),
                        new BenchedFile(name, submission.sha256(), count, compiler.resources(submission)),
                        program);
        };
    }

    private static String firstError(CompileRejected rejected) {
        return rejected.diagnostics().stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .findFirst()
                .map(ModelBench::line)
                .orElse(rejected.log().lines().findFirst().orElse("no reason given"));
    }

    private static String line(Diagnostic d) {
        return (d.at() == null ? "" : d.at() + ": ") + d.message();
    }

    private static String why(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Faulted faulted -> faulted.fault().message();
            case RunOutcome.TimedOut late -> late.where().message();
            case RunOutcome.NoSuchEntry missing -> missing.message();
            case RunOutcome.Unsupported unsupported -> unsupported.message();
            case RunOutcome.DeviceLost lost -> lost.message();
            case RunOutcome.Completed _ -> throw new IllegalStateException("it was counted");
        };
    }
}
