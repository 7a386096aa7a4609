package org.warpgrade.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.assignments.ClassPlan;
import org.warpgrade.assignments.ClassPlanException;
import org.warpgrade.assignments.ClassPlanFile;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.batch.Batch;
import org.warpgrade.engine.batch.Fault;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.batch.Jobs;
import org.warpgrade.engine.batch.Leases;
import org.warpgrade.engine.batch.Regrade;
import org.warpgrade.engine.batch.ResultFolders;
import org.warpgrade.engine.batch.Seeds;
import org.warpgrade.engine.batch.WholeFile;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.gradebook.GradebookJson;
import org.warpgrade.engine.gradebook.GradebookMaker;
import org.warpgrade.engine.handin.ClassInputException;
import org.warpgrade.engine.handin.HandInFinder;
import org.warpgrade.engine.handin.HandInTimes;
import org.warpgrade.engine.handin.HandIns;
import org.warpgrade.engine.handin.Roster;
import org.warpgrade.engine.handin.Student;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.compile.NvrtcCompiler;

/** One run of {@code batch}: what was handed in → jobs → results → gradebook → files for people and platforms. */
final class BatchSession {

    /** Standard output; the terminal's own may stand back for JSON. */
    private final PrintStream output;

    private final Terminal terminal;
    private final BatchOptions options;
    private final Messages messages;
    private final BatchProgress progress;
    private final Catalog catalog = Catalog.ofHome();
    private final Clock clock = Clock.systemUTC();

    BatchSession(Terminal terminal, BatchOptions options) {
        this.terminal = options.jsonToOutput() ? terminal.withOutputOnError() : terminal;
        this.output = terminal.out();
        this.options = options;
        this.messages = Messages.of(options.language.tag());
        this.progress = new BatchProgress(terminal, messages, options.quiet);
    }

    ExitStatus run() throws CatalogException, IOException, InterruptedException {
        if (options.assignment != null) {
            Assignments.named(options.assignment, catalog);
        }
        try {
            return graded();
        } catch (ClassInputException | ClassPlanException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private ExitStatus graded()
            throws CatalogException, ClassInputException, ClassPlanException, IOException, InterruptedException {
        Set<String> ids = new TreeSet<>(catalog.ids());
        Roster roster = options.roster == null ? Roster.none() : Roster.read(options.roster);
        ClassPlan plan = plan(ids).withStudents(name -> inGradebook(name, roster));
        HandInTimes times =
                options.times == null ? HandInTimes.none() : HandInTimes.read(options.times, roster, plan.zone());
        HandIns handIns = new HandInFinder(roster, ids).find(options.source, options.out.resolve("handed-in"));
        ResultFolders standing = new ResultFolders(options.out, "results");
        ResultFolders fresh = new ResultFolders(options.out, "regrade-" + ResultFolders.id(Grading.harness()));
        ClassFiles files = new ClassFiles(
                options.out, catalog, standing, plan, clock.instant(), !options.noReports, options.language.tag());
        Jobs jobs;
        List<Fault> faults;
        try (Device device = options.device.open();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, options.quiet));
                Leases leases = new Leases(options.out)) {
            Grading grading = new Grading(
                    catalog,
                    new NvrtcSubmissions(nvrtc),
                    device,
                    ChecksFinder.onClassPath().remembering(),
                    DeviceOption.speedOn(device, nvrtc).orElse(null));
            jobs = Jobs.of(handIns, grading, times, options.assignment);
            try (GradingPlace place = place(grading, device)) {
                Batch batch = new Batch(
                        options.regrade ? fresh : standing,
                        leases,
                        options.seed == null ? Seeds.in(options.out) : Seeds.fixed(options.seed),
                        place.grader(),
                        files::report,
                        progress,
                        clock);
                faults = batch.run(jobs.jobs());
            }
            progress.finish();
        }
        if (options.regrade && !regraded(new Regrade(standing, fresh), jobs)) {
            return faults.isEmpty() ? ExitStatus.OK : ExitStatus.HARNESS;
        }
        List<Graded> all = standing.all();
        Gradebook book = new GradebookMaker(plan, roster, columns(all, jobs, plan))
                .make(all, jobs.jobs(), faults, jobs.skipped());
        files.write(book);
        json(book);
        summary(book);
        return faults.isEmpty() ? ExitStatus.OK : ExitStatus.HARNESS;
    }

    private GradingPlace place(Grading grading, Device device) throws IOException, InterruptedException {
        return switch (options.via) {
            case LOCAL -> GradingPlace.here(grading, parallel(device));
            case JENKINS ->
                GradingPlace.onJenkins(
                        options.server,
                        options.jobs,
                        options.regrade ? Occasions.in(options.out).regrade() : Occasions.first(),
                        new JenkinsNews(progress::say, messages));
        };
    }

    /** A GPU has one job at a time: two would take turns, each with a fresh process for every run. */
    private int parallel(Device device) {
        int usual = device.kind() == DeviceKind.CPU ? Runtime.getRuntime().availableProcessors() : 1;
        return options.jobs == null ? usual : options.jobs;
    }

    private ClassPlan plan(Set<String> ids) throws ClassPlanException {
        Path beside = (Files.isDirectory(options.source)
                        ? options.source
                        : options.source.toAbsolutePath().getParent())
                .resolve("class.yaml");
        Path file = options.plan != null ? options.plan : Files.isRegularFile(beside) ? beside : null;
        ClassPlan plan = file == null ? ClassPlan.none() : ClassPlanFile.read(file, ids);
        if (options.deadline == null) {
            return plan;
        }
        ZonedDateTime deadline = deadline(options.deadline);
        return plan.withDeadline(deadline.toInstant(), deadline.getZone(), List.copyOf(ids));
    }

    /** A plan may call students by anything that the roster knows of them. */
    private String inGradebook(String name, Roster roster) {
        Optional<Student> student = roster.find(name);
        if (student.isEmpty() && !roster.isEmpty()) {
            terminal.err().println("warpgrade: " + messages.text("batch.stranger", name));
        }
        return student.map(Student::id).orElse(name);
    }

    private static ZonedDateTime deadline(String text) {
        try {
            return ZonedDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new UsageException("--deadline takes a time with its zone, for example 2026-11-30T23:59+01:00 or"
                    + " 2026-11-30T23:59+01:00[Europe/Berlin].");
        }
    }

    /** The assignments of the class: what the plan names and what was handed in, in the order of the catalogue. */
    private List<Assignment> columns(List<Graded> graded, Jobs jobs, ClassPlan plan) throws CatalogException {
        Set<String> used = new LinkedHashSet<>();
        if (options.deadline == null) {
            plan.assignments().forEach(assignment -> used.add(assignment.id()));
        }
        graded.forEach(g -> used.add(g.assignment()));
        jobs.jobs().forEach(job -> used.add(job.assignment()));
        List<Assignment> columns = new ArrayList<>();
        for (String id : catalog.ids()) {
            if (used.contains(id)) {
                catalog.assignment(id).ifPresent(columns::add);
            }
        }
        return columns;
    }

    /** Shows what a new grading changes; whether it is to count. */
    private boolean regraded(Regrade regrade, Jobs jobs) throws IOException {
        List<Regrade.Change> changes = regrade.changes(jobs.jobs());
        List<Regrade.Change> differing =
                changes.stream().filter(Regrade.Change::differs).toList();
        for (Regrade.Change change : differing) {
            Graded before = change.before();
            String old = before == null ? "-" : outcome(before);
            String line = String.format(
                    Locale.ROOT,
                    "%-24s %-18s %-28s → %-28s %s",
                    change.after().student(),
                    change.after().assignment(),
                    old,
                    outcome(change.after()),
                    String.join(" ", change.checks()));
            terminal.out().println(line.stripTrailing());
        }
        terminal.out().println(messages.text("batch.regrade", changes.size(), differing.size()));
        if (options.apply) {
            regrade.apply(changes);
            Occasions.in(options.out).applied();
        } else if (!differing.isEmpty()) {
            terminal.out().println(messages.text("batch.regrade.apply"));
        }
        return options.apply;
    }

    private static String outcome(Graded graded) {
        return graded.score().earned() + "/" + graded.score().possible() + " "
                + graded.verdict().id();
    }

    private void json(Gradebook book) throws IOException {
        if (options.jsonToOutput()) {
            output.print(GradebookJson.write(book));
        } else if (options.json != null) {
            WholeFile.write(Path.of(options.json), GradebookJson.write(book));
        }
    }

    private void summary(Gradebook book) {
        if (options.quiet) {
            return;
        }
        book.assignments()
                .forEach(column -> terminal.out()
                        .println(messages.text(
                                "batch.assignment",
                                column.id(),
                                column.handedIn(),
                                book.students().size(),
                                number(column.spread().mean()),
                                number(column.spread().median()))));
        terminal.out().println(done(book));
        terminal.out()
                .println(messages.text(
                        "batch.files", options.out.resolve("index.html"), options.out.resolve("gradebook.json")));
    }

    private String done(Gradebook book) {
        int graded = progress.graded();
        if (graded == 0 && book.faults().isEmpty()) {
            return messages.text("batch.none", book.skipped().size());
        }
        double seconds = progress.seconds();
        return messages.text(
                "batch.done",
                graded,
                BatchProgress.duration(seconds),
                number(graded / Math.max(0.001, seconds)),
                book.faults().size(),
                book.skipped().size());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }
}
