package org.warpgrade.cli;

/** {@code ./warpgrade}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /** Errors, which picocli lets through, end as the documented status, too. */
    private static int run(Terminal terminal, String... args) {
        try {
            return WarpGrade.commandLine(terminal).execute(args);
        } catch (LinkageError | VirtualMachineError | AssertionError e) {
            return new Failures(terminal.err()).report(e).code();
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }
}
