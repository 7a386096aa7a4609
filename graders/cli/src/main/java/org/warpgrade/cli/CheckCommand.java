package org.warpgrade.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code warpgrade check}: what a student runs while working. */
@Command(description = "Run the public checks only; writes a report only if --out is given.")
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private GradingOptions options = new GradingOptions();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new GradingSession(terminal, options, GradingSession.Scope.PUBLIC_CHECKS)
                .run()
                .code();
    }
}
