package org.warpgrade.cli;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.warpgrade.reports.terminal.Palette;

/**
 * Where a command prints: results and reports for people.
 *
 * @param out standard output, for what was asked for
 * @param err standard error, for everything else
 * @param interactive whether a person watches: a terminal, outside of CI
 * @param colour whether escape sequences may be written
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour) {

    /** The process's own streams, in UTF-8: logs and pipes expect it whatever the locale says. */
    static Terminal ofProcess() {
        Map<String, String> env = System.getenv();
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal() && !env.containsKey("CI");
        boolean colour = interactive && env.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(env.get("TERM"));
        return new Terminal(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                interactive,
                colour);
    }

    /** Colours and width of what is printed here. */
    Palette palette() {
        Palette palette = colour ? Palette.coloured() : Palette.plain();
        return interactive ? palette.wide(Integer.getInteger("warpgrade.columns", 0)) : palette;
    }

    /** The same terminal with everything for people on standard error, because standard output carries JSON. */
    Terminal withOutputOnError() {
        return new Terminal(err, err, interactive, colour);
    }
}
