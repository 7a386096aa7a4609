package org.warpgrade.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.assignments.CatalogProblem;
import org.warpgrade.engine.Gate;
import org.warpgrade.engine.GateRow;
import org.warpgrade.engine.GateRow.Kind;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warpgrade gate}: whether assignments may be published. */
@Command(
        description =
                "Publish gate: starters compile and fail, references pass with margin, every mutant and exploit is"
                        + " rejected by the check that it names, honest controls pass.")
final class GateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Assignments; default: all.")
    private List<String> ids = List.of();

    @Mixin
    private DeviceOption deviceOption = new DeviceOption();

    @Option(names = "--exploits", description = "Only exploits, which get no credit, and controls, which pass.")
    private boolean exploits;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the hidden inputs. Default: another one each time.")
    private @Nullable Long seed;

    @Option(names = "--quiet", description = "Print only what is not as it must be.")
    private boolean quiet;

    @Mixin
    private LanguageOption language = new LanguageOption();

    GateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CatalogException {
        Catalog catalog = Catalog.ofHome();
        for (String id : ids) {
            if (!catalog.contains(id)) {
                throw new UsageException(Assignments.unknown(id, catalog));
            }
        }
        Messages messages = Messages.of(language.tag());
        boolean sound = exploits || auditCatalogue(catalog);
        Path home = Path.of(System.getProperty("warpgrade.home", "."));
        List<GateRow> rows;
        Gate gate;
        try (Device device = deviceOption.open();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, quiet))) {
            Grading grading = new Grading(catalog, new NvrtcSubmissions(nvrtc), device, ChecksFinder.onClassPath());
            if (!quiet) {
                terminal.out().println(heading(messages));
            }
            Set<Kind> kinds = exploits ? EnumSet.of(Kind.EXPLOIT, Kind.CONTROL) : EnumSet.allOf(Kind.class);
            gate = seed == null ? new Gate(catalog, home, grading) : new Gate(catalog, home, grading, seed);
            rows = gate.run(ids, kinds, this::print);
        } catch (IntakeException e) {
            throw new UsageException(e.getMessage() + ".");
        }
        long bad = rows.stream().filter(row -> !row.ok()).count();
        terminal.out().println(messages.text("gate.seed", Long.toString(gate.seed())));
        if (!exploits) {
            long mutants = count(rows, Kind.MUTANT);
            terminal.out()
                    .println(messages.text(
                            "gate.summary", rows.size() - bad, rows.size(), mutants - bad(rows, Kind.MUTANT), mutants));
        }
        terminal.out()
                .println(messages.text(
                        "gate.exploits",
                        bad(rows, Kind.EXPLOIT),
                        count(rows, Kind.EXPLOIT),
                        bad(rows, Kind.CONTROL),
                        count(rows, Kind.CONTROL)));
        return (bad == 0 && sound ? ExitStatus.OK : ExitStatus.NOT_FULL_MARKS).code();
    }

    private static long count(List<GateRow> rows, Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }

    private static long bad(List<GateRow> rows, Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind && !row.ok()).count();
    }

    /** The schema's view of every assignment at the gate; warnings are told and let through. */
    private boolean auditCatalogue(Catalog catalog) {
        boolean sound = true;
        for (String id : ids.isEmpty() ? catalog.ids() : ids) {
            Catalog.Audited audited = catalog.audit(id);
            for (CatalogProblem problem : audited.problems()) {
                boolean error = problem.weight() == CatalogProblem.Weight.ERROR;
                if (error || !quiet) {
                    terminal.err().println((error ? "error: " : "warning: ") + problem);
                }
            }
            sound &= !audited.hasErrors();
        }
        return sound;
    }

    private static String heading(Messages messages) {
        return line(
                "",
                messages.text("gate.assignment"),
                messages.text("gate.kind"),
                messages.text("gate.file"),
                messages.text("gate.named"),
                messages.text("gate.result"));
    }

    private void print(GateRow row) {
        if (quiet && row.ok()) {
            return;
        }
        String margin = Double.isNaN(row.margin())
                ? ""
                : row.kind() == GateRow.Kind.REFERENCE
                        ? String.format(Locale.ROOT, ", margin %.3f", row.margin())
                        : String.format(Locale.ROOT, ", %.3g times the tolerance", row.margin());
        String result = row.result() + margin + String.format(Locale.ROOT, ", %.0f ms", row.millis());
        String mark = row.ok() ? "ok" : "!!";
        String text = line(mark, row.assignment(), row.kind().id(), row.file(), row.named(), result);
        terminal.out().println(terminal.colour() && !row.ok() ? "\u001b[31m" + text + "\u001b[0m" : text);
    }

    private static String line(String mark, String assignment, String kind, String file, String named, String result) {
        return String.format(
                        Locale.ROOT, "%-2s  %-16s  %-9s  %-34s  %-14s  %s", mark, assignment, kind, file, named, result)
                .stripTrailing();
    }
}
