package org.warpgrade.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.cli.BatchOptions.Via;
import org.warpgrade.reports.jenkins.RemoteGrader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code warpgrade batch}: a whole class. */
@Command(
        description =
                "Grade a class: parallel, resumable, with gradebook, exports and dashboard. Whatever has a result already"
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
        if (options.via == Via.LOCAL && options.server.isNamed()) {
            throw new UsageException("--url and --job go with --via jenkins.");
        }
        if (options.via == Via.JENKINS && options.jobs != null && options.jobs > RemoteGrader.MOST_IN_FLIGHT) {
            throw new UsageException(
                    "--jobs takes a number up to " + RemoteGrader.MOST_IN_FLIGHT + " with --via jenkins.");
        }
        return new BatchSession(terminal, options).run().code();
    }
}
