package org.warpgrade.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code warpgrade}; its subcommands do the work. */
@Command(
        name = "warpgrade",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        description = "Grades and benchmarks CUDA submissions, with and without a GPU.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:full marks",
            "1:graded, but not full marks",
            "2:wrong options or unreadable input",
            "3:WarpGrade could not grade; never counted against a student"
        })
final class WarpGrade implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private WarpGrade() {}

    /** The command line with all commands, printing to the given terminal. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new WarpGrade());
        Commands.all(terminal).forEach((name, command) -> line.addSubcommand(name, command));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setExecutionExceptionHandler(new Failures(terminal.err()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        return line;
    }

    /** Without a command: the help, as a mistake. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }
}
