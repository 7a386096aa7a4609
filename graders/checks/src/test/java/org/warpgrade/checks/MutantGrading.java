package org.warpgrade.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;

/** Runs a mutant against the check that its first line names, with a fixed seed, and hands out what a student reads. */
public final class MutantGrading {

    private static final long SEED = 42;

    private final Path mutants;
    private final Grading grading;

    /** The mutants of an assignment. */
    public MutantGrading(String assignment) {
        Path home = Path.of(System.getProperty("warpgrade.home", "../.."));
        this.mutants = home.resolve("reference-impls/mutants").resolve(assignment);
        this.grading = new Grading(
                Catalog.of(home),
                new NvrtcSubmissions(NvrtcCompiler.ofUser(Progress.silent())),
                new CpuDevice(),
                ChecksFinder.onClassPath());
    }

    /** The English message of the named check; demands that the check rejects the mutant. */
    public String englishMessage(String mutant) {
        return rejection(mutant).message().en();
    }

    /** The Chinese message of the named check. */
    public String chineseMessage(String mutant) {
        return rejection(mutant).message().zh();
    }

    /** The message of any check that rejects the mutant, named by it or not. */
    public Text message(String mutant, String check) {
        return rejection(mutants.resolve(mutant + ".cu"), check).message();
    }

    private CheckResult rejection(String mutant) {
        Path file = mutants.resolve(mutant + ".cu");
        try {
            return rejection(file, Files.readAllLines(file).getFirst().replaceFirst("^// mutant: (\\S+).*$", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CheckResult rejection(Path file, String check) {
        try {
            GradingRequest request = GradingRequest.of(file)
                    .withSeed(SEED)
                    .withThreads(1)
                    .withoutResources()
                    .withBudget(TimeBudget.patient())
                    .only(Set.of(check));
            CheckResult result = grading.run(request).checks().getFirst();
            if (result.status() != CheckStatus.FAILED
                    && result.status() != CheckStatus.FAULTED
                    && result.status() != CheckStatus.TIMED_OUT) {
                throw new AssertionError(file.getFileName() + " is not rejected by " + check + " but "
                        + result.status().id());
            }
            return result;
        } catch (IntakeException e) {
            throw new AssertionError(e);
        }
    }
}
