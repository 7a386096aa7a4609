package org.warpgrade.cli;

/** {@code ./warpgrade}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        int status = WarpGrade.commandLine(Terminal.ofProcess()).execute(args);
        System.out.flush();
        System.exit(status);
    }
}
