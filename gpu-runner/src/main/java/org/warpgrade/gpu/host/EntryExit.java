package org.warpgrade.gpu.host;

/** {@code exit()} in host code: ends the entry at once. */
public final class EntryExit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EntryExit() {
        super("exit", null, false, false);
    }
}
