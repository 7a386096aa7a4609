package org.warpgrade.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.mutation.Fate;
import org.warpgrade.engine.mutation.Mutant;
import org.warpgrade.engine.mutation.MutationRun;
import org.warpgrade.engine.mutation.MutationRun.Again;
import org.warpgrade.engine.mutation.Score;
import org.warpgrade.engine.runner.CheckRunner;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warpgrade mutation}: how many small changes of the references the checks notice. */
@Command(
        description = {
            "Mutation score: changes the references in small ways and counts the changes that no check notices.",
            "Changes that make no difference are judged in reference-impls/equivalent-mutants. Exit status 0 if the score"
                    + " is at least --least and nothing is unclear or misjudged."
        })
final class MutationCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Assignments; default: all.")
    private List<String> ids = List.of();

    @Option(names = "--file", paramLabel = "PREFIX", description = "Only references whose file name begins so.")
    private String file = "";

    @Option(
            names = "--every",
            paramLabel = "N",
            description =
                    "Only one in N mutants, always the same ones; the score then has a 95 %% interval. Default: all.")
    private int every = 1;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the hidden inputs. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--jobs", paramLabel = "N", description = "Mutants at once. Default: all cores.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where fates are kept, so that a run that was ended goes on. Default: ${DEFAULT-VALUE}.")
    private Path state = Path.of("warpgrade-out", "mutation");

    @Option(
            names = "--again",
            paramLabel = "WHICH",
            description = "Which kept fates to find out anew: nothing, survived (after checks were made tighter), all."
                    + " Default: ${DEFAULT-VALUE}.")
    private Again again = Again.NOTHING;

    @Option(names = "--least", paramLabel = "PERCENT", description = "The score to reach. Default: ${DEFAULT-VALUE}.")
    private double least = 99;

    @Option(names = "--all", description = "Print every mutant, not only those that no check noticed.")
    private boolean all;

    @Option(
            names = "--judge",
            description = "Print those that no check noticed as the judgements that they lack, ready to be completed.")
    private boolean judge;

    @Mixin
    private DeviceOption deviceOption = new DeviceOption();

    MutationCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CatalogException {
        if (every < 1 || jobs < 1) {
            throw new UsageException("--every and --jobs take a number from 1 on.");
        }
        Catalog catalog = Catalog.ofHome();
        for (String id : ids) {
            if (!catalog.contains(id)) {
                throw new UsageException(Assignments.unknown(id, catalog));
            }
        }
        Score total = new Score(Map.of());
        Path home = Path.of(System.getProperty("warpgrade.home", "."));
        try (Device device = deviceOption.open();
                NvrtcCompiler nvrtc = NvrtcCompiler.withoutMemory(new ConsoleProgress(terminal, true))) {
            MutationRun run = new MutationRun(
                    home,
                    state,
                    new NvrtcSubmissions(nvrtc),
                    device,
                    new CheckRunner(ChecksFinder.onClassPath()),
                    new MutationRun.Plan(file, every, again, jobs, seed));
            terminal.out().println(MutationLines.header(every > 1));
            for (String id : ids.isEmpty() ? catalog.ids() : ids) {
                Assignment assignment = catalog.assignment(id).orElseThrow();
                Score score = Score.of(run.run(assignment, this::print));
                total = total.plus(score);
                terminal.out().println(MutationLines.row(id, score, every > 1));
            }
        }
        terminal.out().println(MutationLines.row("all", total, every > 1));
        boolean clear = total.count(Fate.UNCLEAR) == 0 && total.count(Fate.MISJUDGED) == 0;
        boolean reached = total.relevant() == 0 || 100 * total.share() >= least;
        return (clear && reached ? ExitStatus.OK : ExitStatus.NOT_FULL_MARKS).code();
    }

    private void print(Mutant mutant) {
        boolean open = switch (mutant.fate()) {
            case SURVIVED, UNCLEAR, MISJUDGED -> true;
            case KILLED, EQUIVALENT, SAME_CODE, DUPLICATE, NOT_COMPILED -> false;
        };
        if (judge && mutant.fate() == Fate.SURVIVED) {
            terminal.out().println(MutationLines.judgement(mutant));
        } else if (all || open && !judge) {
            terminal.out().println(MutationLines.told(mutant));
        }
    }
}
