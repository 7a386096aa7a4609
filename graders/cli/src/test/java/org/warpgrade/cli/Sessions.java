package org.warpgrade.cli;

/** Runs of the command line for tests of other packages. */
public final class Sessions {

    private Sessions() {}

    /** What one run printed where, and its exit status. */
    public record Told(int status, String out, String err) {}

    public static Told of(String... arguments) {
        Session session = Session.of(arguments);
        return new Told(session.status(), session.out(), session.err());
    }
}
