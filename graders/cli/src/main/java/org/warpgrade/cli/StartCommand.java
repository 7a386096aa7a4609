package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code warpgrade start ID [DIR]}: a working folder with the starter and the handout. */
@Command(description = "Copy an assignment's starter and handout into a folder.")
final class StartCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Parameters(index = "0", paramLabel = "ID", description = "The assignment, as listed.")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "DIR", description = "The folder; default: the id.")
    private @Nullable Path folder;

    StartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CatalogException {
        Assignment assignment = Assignments.named(id, Catalog.ofHome());
        Path target = folder == null ? Path.of(id) : folder;
        Path source = target.resolve(id + ".cu");
        Path handout = target.resolve("handout.md");
        if (Files.exists(source)) {
            throw new UsageException(source + " exists already; nothing was written.");
        }
        Files.createDirectories(target);
        Files.copy(assignment.starter(), source);
        if (!Files.exists(handout)) {
            Files.copy(assignment.handout(language.tag()), handout);
        }
        terminal.out().println(Messages.of(language.tag()).text("start.done", handout, source, source));
        return ExitStatus.OK.code();
    }
}
