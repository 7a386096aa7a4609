package org.warpgrade.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code warpgrade grade}: all checks, a result and a report. */
@Command(description = "Grade submissions: all checks, result.json and an HTML report.")
final class GradeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private GradingOptions options = new GradingOptions();

    GradeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new GradingSession(terminal, options, GradingSession.Scope.EVERYTHING)
                .run()
                .code();
    }
}
