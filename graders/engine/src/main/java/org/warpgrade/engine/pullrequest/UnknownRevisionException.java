package org.warpgrade.engine.pullrequest;

/** The caller named a revision that the repository does not have. */
public final class UnknownRevisionException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownRevisionException(String message) {
        super(message);
    }
}
