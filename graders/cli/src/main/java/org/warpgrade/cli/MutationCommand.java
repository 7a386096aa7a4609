package org.warpgrade.cli;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.mutation.Fate;
import org.warpgrade.engine.mutation.Mutant;
import org.warpgrade.engine.mutation.MutationRun;
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
        description = "Mutation score: changes the references in small ways and counts the changes that no check notices.")
final class MutationCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Assignments; default: all.")
    private List<String> ids = List.of();

    @Option(names = "--file", paramLabel = "PREFIX", description = "Only references whose file name begins so.")
    private String file = "";

    @Option(names = "--every", paramLabel = "N", description = "Only one in N mutants, always the same ones. Default: all.")
    private int every = 1;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the hidden inputs. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--jobs", paramLabel = "N", description = "Mutants at once. Default: all cores.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--all", description = "Print every mutant, not only those that no check noticed.")
    private boolean all;

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
        Map<Fate, Integer> total = new EnumMap<>(Fate.class);
        Path home = Path.of(System.getProperty("warpgrade.home", "."));
        try (Device device = deviceOption.open();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, true))) {
            MutationRun run = new MutationRun(
                    home,
                    new NvrtcSubmissions(nvrtc),
                    device,
                    new CheckRunner(ChecksFinder.onClassPath()),
                    jobs,
                    seed);
            terminal.out().println(line("assignment", List.of("killed", "survived", "equivalent", "same code", "no CUDA", "unclear", "score")));
            for (String id : ids.isEmpty() ? catalog.ids() : ids) {
                Assignment assignment = catalog.assignment(id).orElseThrow();
                Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
                run.run(assignment, file, every, mutant -> {
                    fates.merge(mutant.fate(), 1, Integer::sum);
                    print(mutant);
                });
                fates.forEach((fate, count) -> total.merge(fate, count, Integer::sum));
                terminal.out().println(row(id, fates));
            }
        }
        terminal.out().println(row("all", total));
        boolean noticed = count(total, Fate.SURVIVED) == 0 && count(total, Fate.UNCLEAR) == 0;
        return (noticed ? ExitStatus.OK : ExitStatus.NOT_FULL_MARKS).code();
    }

    private void print(Mutant mutant) {
        boolean open = mutant.fate() == Fate.SURVIVED || mutant.fate() == Fate.UNCLEAR;
        if (all || open) {
            terminal.out()
                    .println("%s %s/%s:%s%s, %.0f ms"
                            .formatted(
                                    mutant.fate().id(),
                                    mutant.assignment(),
                                    mutant.file(),
                                    mutant.mutation(),
                                    mutant.by().isEmpty() ? "" : " (" + mutant.by() + ")",
                                    mutant.millis()));
        }
    }

    private static String row(String name, Map<Fate, Integer> fates) {
        int killed = count(fates, Fate.KILLED);
        int open = killed + count(fates, Fate.SURVIVED) + count(fates, Fate.UNCLEAR);
        return line(
                name,
                List.of(
                        killed,
                        count(fates, Fate.SURVIVED),
                        count(fates, Fate.EQUIVALENT),
                        count(fates, Fate.SAME_CODE),
                        count(fates, Fate.NOT_COMPILED),
                        count(fates, Fate.UNCLEAR),
                        open == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * killed / open)));
    }

    private static String line(String name, List<?> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-18s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, "  %10s", cell)));
        return line.toString();
    }

    private static int count(Map<Fate, Integer> fates, Fate fate) {
        return fates.getOrDefault(fate, 0);
    }
}
