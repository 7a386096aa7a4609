package org.warpgrade.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.warpgrade.assignments.CatalogException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code warpgrade batch}: a whole class. */
@Command(
        description = "Grade a class: parallel, resumable, with gradebook, exports and dashboard. Whatever has a result already"
                + " is not graded again.")
final class BatchCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private BatchOptions options = new BatchOptions();

    BatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CatalogException, IOException, InterruptedException {
        if (options.apply && !options.regrade) {
            throw new UsageException("--apply goes with --regrade.");
        }
        if (options.jobs != null && options.jobs < 1) {
            throw new UsageException("--jobs takes a number from 1 on.");
        }
        return new BatchSession(terminal, options).run().code();
    }
}
