package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.History;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.reports.Handout;
import org.warpgrade.reports.Reports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warpgrade report}: every report again, from the results alone. */
@Command(description = "Write reports again from result.json, without grading.")
final class ReportCommand implements Callable<Integer> {

    private static final String RESULT = "result.json";

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "A folder with a result.json, or one with such folders in it.")
    private Path folder = Path.of(".");

    @Option(
            names = "--for",
            paramLabel = "student|instructor",
            description = "Who will read it: students see no hidden data; default: student.")
    private Audience audience = Audience.STUDENT;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write, result.json for that reader included; default: beside each result.json.")
    private @Nullable Path out;

    @Mixin
    private LanguageOption language = new LanguageOption();

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> results = results();
        if (results.isEmpty()) {
            throw new UsageException(folder + " holds no result.json.");
        }
        Messages messages = Messages.of(language.tag());
        ExitStatus status = ExitStatus.OK;
        int secret = 0;
        for (Path file : results) {
            try {
                GradingResult result = ResultJson.read(file);
                write(result, file);
                boolean tells = audience == Audience.STUDENT && result.seed() != null && out == null;
                secret += tells ? 1 : 0;
            } catch (IllegalArgumentException e) {
                terminal.err().println("warpgrade: " + file + ": " + e.getMessage());
                status = status.and(ExitStatus.USAGE);
            }
        }
        Path first = target(results.getFirst()).resolve("index.html");
        terminal.out()
                .println(
                        results.size() == 1
                                ? messages.text("grade.report", first)
                                : messages.text("report.done", results.size(), out == null ? folder : out));
        if (secret > 0) {
            terminal.err().println("warpgrade: " + messages.text("report.secret"));
        }
        return status.code();
    }

    private void write(GradingResult result, Path file) throws IOException {
        Path target = target(file);
        GradingResult shown = Reports.forAudience(result, audience);
        if (out != null) {
            ResultJson.write(shown, target.resolve(RESULT));
        }
        Reports.write(
                shown,
                audience,
                language.tag(),
                handout(result),
                History.read(file.resolveSibling(History.FILE)),
                target);
    }

    /** The results in order, links not followed. */
    private List<Path> results() throws IOException {
        if (Files.isRegularFile(folder)) {
            return List.of(folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException(folder + ": there is no such folder.");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(RESULT) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private Path target(Path file) {
        Path from = file.toAbsolutePath().getParent();
        if (out == null) {
            return from;
        }
        Path root = Files.isRegularFile(folder) ? from : folder.toAbsolutePath();
        return out.resolve(root.relativize(from).toString());
    }

    /** What was asked, where the catalogue still knows it: a help, and nothing that the report depends on. */
    private @Nullable Handout handout(GradingResult result) throws IOException {
        if (result.assignment().isEmpty()) {
            return null;
        }
        Optional<Path> file = Catalog.ofHome().handout(result.assignment(), language.tag());
        return file.isEmpty() ? null : new Handout(Files.readString(file.get()));
    }
}
