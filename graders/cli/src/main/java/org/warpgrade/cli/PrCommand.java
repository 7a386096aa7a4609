package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.pullrequest.Change;
import org.warpgrade.engine.pullrequest.Change.Deleted;
import org.warpgrade.engine.pullrequest.Change.Ignored;
import org.warpgrade.engine.pullrequest.Change.Refused;
import org.warpgrade.engine.pullrequest.Change.Submitted;
import org.warpgrade.engine.pullrequest.PullRequest;
import org.warpgrade.engine.pullrequest.UnknownRevisionException;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Reports;
import org.warpgrade.reports.exchange.MarkdownSummary;
import org.warpgrade.reports.exchange.Sarif;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code warpgrade pr}: grades what a pull request changes. Harness, checks and catalogue are those that this command
 * was started from; of the pull request only the text of submissions is read, out of git's objects.
 */
@Command(
        name = "pr",
        description = {
            "Grade the submissions that a pull request changes, with the harness that this command belongs to.",
            "Nothing of the pull request is checked out or run."
        })
final class PrCommand implements Callable<Integer> {

    /** What decides about grades: a pull request that touches it is told apart from one that only hands in. */
    private static final List<Predicate<String>> HARNESS = List.of(
            path -> path.matches("(?i)(.*/)?Jenkinsfile.*"),
            path -> path.matches("\\.(ci|github|mvn)/.*|\\.git(attributes|modules|ignore)"),
            path -> path.matches("(.*/)?(pom\\.xml|mvnw(\\.cmd)?|build\\.gradle.*|Makefile|.*\\.sh)|warpgrade"),
            path -> path.matches("(assignments|gpu-runner|graders|reports)/.*") && !path.endsWith(".cu"),
            path -> path.matches("(assignments/catalog|reference-impls)/.*"));

    private final Terminal terminal;
    private final Failures failures;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "REF",
            description = "What the pull request is to be merged into.")
    private String base = "";

    @Option(names = "--head", paramLabel = "REF", description = "Its last commit; default: ${DEFAULT-VALUE}.")
    private String head = "HEAD";

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "A clone that has both; default: the working folder.")
    private Path repository = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for results and reports; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("warpgrade-out", "pr");

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Mixin
    private LanguageOption language = new LanguageOption();

    private final StringBuilder summary = new StringBuilder();
    private final Set<Path> folders = new HashSet<>();

    PrCommand(Terminal terminal) {
        this.terminal = terminal;
        this.failures = new Failures(terminal.err());
    }

    @Override
    public Integer call() throws IOException {
        List<Change> changes;
        PullRequest pullRequest;
        try {
            pullRequest = PullRequest.of(repository.toAbsolutePath(), base, head);
            changes = pullRequest.changes();
        } catch (UnknownRevisionException e) {
            throw new UsageException(e.getMessage() + ".");
        }
        ExitStatus status = grade(pullRequest, changes);
        Files.createDirectories(out);
        Files.writeString(out.resolve("summary.md"), summary);
        return status.code();
    }

    private ExitStatus grade(PullRequest pullRequest, List<Change> changes) throws IOException {
        Messages messages = Messages.of(language.tag());
        List<Submitted> submitted = new ArrayList<>();
        List<String> harness = new ArrayList<>();
        List<String> other = new ArrayList<>();
        ExitStatus status = ExitStatus.OK;
        for (Change change : changes) {
            if (HARNESS.stream().anyMatch(rule -> rule.test(change.path()))) {
                harness.add(change.path());
                continue;
            }
            switch (change) {
                case Submitted file -> submitted.add(file);
                case Refused refused -> {
                    say(messages.text("pr.refused", code(refused.path()), refused.reason()));
                    status = status.and(ExitStatus.NOT_FULL_MARKS);
                }
                case Ignored ignored -> other.add(ignored.path());
                case Deleted deleted -> other.add(deleted.path());
            }
        }
        note(messages.text("pr.harness"), harness);
        note(messages.text("pr.other"), other);
        if (submitted.isEmpty()) {
            say(messages.text("pr.nothing"));
            return status;
        }
        try (Device opened = device.open();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, false))) {
            Grading grading = new Grading(
                    Catalog.ofHome(),
                    new NvrtcSubmissions(nvrtc),
                    opened,
                    ChecksFinder.onClassPath(),
                    DeviceOption.speedOn(opened, nvrtc).orElse(null));
            for (Submitted file : submitted) {
                status = status.and(grade(grading, pullRequest, file));
            }
        }
        return status;
    }

    private ExitStatus grade(Grading grading, PullRequest pullRequest, Submitted file) {
        try {
            Path folder = folder(file.path());
            Path copy = Files.createDirectories(folder.resolve("submission")).resolve(place(file.path()));
            Files.createDirectories(copy.getParent());
            Files.write(copy, pullRequest.content(file));
            GradingResult graded = grading.run(GradingRequest.of(copy));
            GradingResult shown = Reports.forAudience(graded, Audience.STUDENT);
            ResultJson.write(shown, folder.resolve("result.json"));
            Reports.write(shown, Audience.STUDENT, language.tag(), folder);
            Path sarif = folder.resolve("report.sarif");
            Files.writeString(
                    sarif,
                    Sarif.relocated(Files.readString(sarif), shown.submission().file(), file.path()));
            summary.append(code(file.path()))
                    .append("\n\n")
                    .append(Files.readString(folder.resolve("summary.md")))
                    .append('\n');
            Reports.terminalLines(shown, language.tag(), terminal.palette()).forEach(terminal.out()::println);
            return GradingSession.status(graded);
        } catch (IntakeException e) {
            // a .cu file that answers no assignment is no submission
            note(Messages.of(language.tag()).text("pr.other"), List.of(file.path()));
            return ExitStatus.OK;
        } catch (IOException | RuntimeException | LinkageError | VirtualMachineError e) {
            return failures.report(e);
        }
    }

    /** One of its own for every path, in harmless letters. */
    private Path folder(String path) {
        String name = harmless(path.replace('/', '-'));
        int n = 1;
        Path folder = out.resolve(name);
        while (!folders.add(folder)) {
            folder = out.resolve(name + "-" + ++n);
        }
        return folder;
    }

    /** The last two parts of the path, in harmless letters: an assignment may be told by folder or file name. */
    private static Path place(String path) {
        String[] parts = path.split("/");
        String file = harmless(parts[parts.length - 1]);
        return parts.length == 1 ? Path.of(file) : Path.of(harmless(parts[parts.length - 2]), file);
    }

    private static String harmless(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return letters.startsWith(".") ? "_" + letters : letters;
    }

    private void note(String sentence, List<String> paths) {
        if (!paths.isEmpty()) {
            say(sentence + " "
                    + String.join(", ", paths.stream().map(PrCommand::code).toList()));
        }
    }

    private void say(String sentence) {
        summary.append(sentence).append("\n\n");
        terminal.out().println(sentence.replace("`", ""));
    }

    private static String code(String path) {
        return MarkdownSummary.code(Inert.text(path));
    }
}
